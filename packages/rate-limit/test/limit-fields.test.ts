import * as fc from 'fast-check';
import { formatState, makePolicyLine, toSeconds } from '../src/limit-fields';
import { makePolicy } from '../src/limit-policy';

/** A list of strings with integer parameters, as RFC 9651 §3.1 and §4.1 write it; an integer has at most 15 digits. */
const ITEM = String.raw`"[\x20\x21\x23-\x5b\x5d-\x7e]+"(?:;[a-z]+=(?:0|[1-9]\d{0,14}))+`;
const LIST = new RegExp(`^${ITEM}(?:, ${ITEM})*$`);

const name = fc.stringMatching(/^[\w.-]{1,64}$/);
const limit = fc.integer({ min: 1, max: 1_000_000_000 });
const window = fc.integer({ min: 1, max: 31_536_000 });
const policy = fc.tuple(name, limit, window).map(([one, q, w]) => makePolicy(one, q, w));

describe('the header fields', () => {
  it('are structured fields (RFC 9651): lists of strings with integer parameters', () => {
    const states = fc.record({
      isAllowed: fc.boolean(),
      remaining: fc.nat(),
      retryAfterMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
      resetMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 5 }), states, (policies, state) => {
        expect(makePolicyLine(policies).value).toMatch(LIST);
        expect(formatState(policies[0]!, state)).toMatch(LIST);
      }),
    );
  });

  it('show the time until the next unit for a client without units, else until all are back', () => {
    const burst = makePolicy('burst', 10, 60);
    const state = { isAllowed: true, retryAfterMs: 0 };
    expect(formatState(burst, { ...state, remaining: 9, resetMs: 6000 })).toBe('"burst";r=9;t=6');
    expect(formatState(burst, { ...state, remaining: 0, resetMs: 60_000 })).toBe('"burst";r=0;t=6');
    expect(formatState(burst, { isAllowed: false, remaining: 0, retryAfterMs: 5001, resetMs: 60_000 })).toBe(
      '"burst";r=0;t=6',
    );
  });

  it('round seconds up, so that no client comes back too early', () => {
    expect([0, 0.1, 999, 1000, 1000.1, 59_999].map(toSeconds)).toEqual([1, 1, 1, 1, 2, 60]);
  });
});
