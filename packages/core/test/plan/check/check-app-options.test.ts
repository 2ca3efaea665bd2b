import { type ConfigurationError, createParameterDecorator, override } from '../../../src';
import { checkAppOptions } from '../../../src/plan/check/check-app-options';

const container = { resolve: () => undefined };

function check(options: object): readonly string[] {
  try {
    checkAppOptions(options);
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems.map(({ fault }) => fault.split(' ')[0]!);
  }
}

describe('the options of an application', () => {
  it('may have a container together with overrides of parameters', () => {
    const parameter = createParameterDecorator('User', () => 'ada');
    expect(check({ container, overrides: [override(parameter, () => 'eve')] })).toEqual([]);
  });

  it('are reported all together if they exclude each other', () => {
    const overrides = [{ token: 'a', useValue: 1 }];
    expect(check({ proxyHeaders: 'forwarded', container, providers: [], overrides })).toEqual([
      'proxyHeaders',
      'providers',
      'overrides',
    ]);
  });

  it.each(['/api', '/api/v1', '/a-b_c.d~%20'])('take %s as a prefix', (prefix) => {
    expect(check({ prefix })).toEqual([]);
  });

  it.each(['', '/', 'api', '/api/', '/a//b', '/a b', '/:id', 5])('refuse %j as a prefix', (prefix) => {
    expect(check({ prefix })).toEqual(['prefix']);
  });

  it.each([{}, { concurrency: 1 }, { maxQueued: 0 }, { concurrency: 50, maxQueued: 500 }])(
    'take %j as the bounds of background tasks',
    (background) => expect(check({ background })).toEqual([]),
  );

  it.each<[unknown, string]>([
    [{ concurrency: 0 }, 'concurrency'],
    [{ concurrency: 1.5 }, 'concurrency'],
    [{ concurrency: Infinity }, 'concurrency'],
    [{ maxQueued: -1 }, 'maxQueued'],
    [{ maxQueued: '10' }, 'maxQueued'],
    [{ limit: 5 }, 'There'],
    [5, 'The'],
    [null, 'The'],
  ])('refuse %j as the bounds of background tasks', (background, start) => {
    expect(check({ background })).toEqual([start]);
  });
});
