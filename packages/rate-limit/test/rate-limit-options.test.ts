import { ConfigurationError } from '@sluice/core';
import { rateLimit, type RateLimitOptions } from '../src';

const GOOD = { limit: 5, window: 60 };

describe('the options of rateLimit', () => {
  it.each([
    [{ ...GOOD, windowMS: 1000 }, 'OPTION_UNKNOWN', 'windowMS'],
    [{ ...GOOD, max: 5 }, 'OPTION_UNKNOWN', 'max'],
    [{ window: 60 }, 'OPTION_MISSING', 'limit'],
    [{ limit: 5 }, 'OPTION_MISSING', 'window'],
    [{ ...GOOD, limit: 0 }, 'OPTION_INVALID', 'limit'],
    [{ ...GOOD, limit: -1 }, 'OPTION_INVALID', 'limit'],
    [{ ...GOOD, limit: Infinity }, 'OPTION_INVALID', 'limit'],
    [{ ...GOOD, window: 0 }, 'OPTION_INVALID', 'window'],
    [{ ...GOOD, window: 0.5 }, 'OPTION_INVALID', 'window'],
    [{ ...GOOD, window: 31_536_001 }, 'OPTION_INVALID', 'window'],
    [{ ...GOOD, window: '60s' }, 'OPTION_INVALID', 'window'],
    [{ ...GOOD, name: 'a"b' }, 'OPTION_INVALID', 'name'],
    [{ ...GOOD, name: '' }, 'OPTION_INVALID', 'name'],
    [{ ...GOOD, name: 'ä' }, 'OPTION_INVALID', 'name'],
    [{ ...GOOD, key: 'ip' }, 'OPTION_INVALID', 'key'],
    [{ ...GOOD, key: { header: 'a b' } }, 'OPTION_INVALID', 'key'],
    [{ ...GOOD, key: { header: 'a', cookie: 'b' } }, 'OPTION_INVALID', 'key'],
    [{ ...GOOD, cost: 6 }, 'OPTION_INVALID', 'cost'],
    [{ ...GOOD, cost: 0.5 }, 'OPTION_INVALID', 'cost'],
    [{ ...GOOD, skip: true }, 'OPTION_INVALID', 'skip'],
    [{ ...GOOD, ipv6Prefix: 31 }, 'OPTION_INVALID', 'ipv6Prefix'],
    [{ ...GOOD, ipv6Prefix: 129 }, 'OPTION_INVALID', 'ipv6Prefix'],
    [{ ...GOOD, store: {} }, 'OPTION_INVALID', 'store'],
    [{ ...GOOD, onStoreError: 'ignore' }, 'OPTION_INVALID', 'onStoreError'],
    [{ ...GOOD, headers: 'draft-6' }, 'OPTION_INVALID', 'headers'],
    [{ policies: [] }, 'OPTION_INVALID', 'policies'],
    [{ policies: [GOOD], limit: 5 }, 'OPTION_UNKNOWN', 'limit'],
    [{ policies: [{ limit: 5 }] }, 'OPTION_MISSING', 'window'],
    [{ policies: [GOOD, { limit: 9, window: 600 }] }, 'OPTION_INVALID', 'name'],
    [{ policies: [{ name: 'a', limit: 2, window: 1 }], cost: 3 }, 'OPTION_INVALID', 'cost'],
    [undefined, 'OPTION_INVALID', 'options'],
    [null, 'OPTION_INVALID', 'options'],
  ])('%j are refused', (options, code, name) => {
    const { fault, ...problem } = findProblem(options);
    expect(problem).toMatchObject({ code, place: expect.stringMatching(/^rateLimit\(\)/) as string });
    expect(fault).toContain(name);
  });

  it('are refused at the place of their policy', () => {
    expect(findProblem({ policies: [GOOD, { limit: 5 }] }).place).toBe('rateLimit(), policies[1]');
  });

  it('for a policy win over the shared ones', () => {
    const { options } = rateLimit({
      key: 'session',
      policies: [
        { name: 'a', limit: 1, window: 1 },
        { name: 'b', limit: 1, window: 1, key: 'address' },
      ],
    });
    expect(options!['policies']).toEqual(['a: 1 in 1 s by session', 'b: 1 in 1 s by address']);
  });
});

function findProblem(options: unknown) {
  try {
    rateLimit(options as RateLimitOptions);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems[0]!;
    throw error;
  }
  throw new Error('The options were accepted.');
}
