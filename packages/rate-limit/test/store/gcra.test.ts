import * as fc from 'fast-check';
import { makePolicy } from '../../src/limit-policy';
import { describeState, usedAfter, waitFor } from '../../src/store/gcra';
import { memoryLimits } from '../../src/store/memory-limits';

const policy = fc
  .tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 86_400 }))
  .map(([limit, window]) => makePolicy('any', limit, window));

describe('the generic cell rate algorithm', () => {
  it('lets the limit pass at once, whatever the numbers, and one more not', () => {
    fc.assert(
      fc.property(policy, (one) => {
        let used = 0;
        const wrong: number[] = [];
        for (let unit = 0; unit < one.limit; unit++) {
          used = usedAfter(one, used, 1);
          const { remaining } = describeState(one, used, 0);
          if (waitFor(one, used) !== 0 || remaining !== one.limit - unit - 1) wrong.push(unit);
        }
        expect(wrong).toEqual([]);
        expect(waitFor(one, usedAfter(one, used, 1))).toBeGreaterThan(0);
      }),
    );
  });

  it('lets a request pass after the time that it named, and not much earlier', () => {
    fc.assert(
      fc.property(
        policy,
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (one, cost, part) => {
          fc.pre(cost <= one.limit);
          const used = part * one.window * 1000;
          const wait = waitFor(one, usedAfter(one, used, cost));
          expect(waitFor(one, usedAfter(one, Math.max(0, used - wait), cost))).toBe(0);
          // A thousandth of an interval: floating point needs a millionth.
          const early = 1 + one.window / one.limit;
          if (wait > early)
            expect(waitFor(one, usedAfter(one, used - wait + early, cost))).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('never lets more pass than the limit and what came back since, in any stretch of time', () => {
    const step = fc.record({
      pause: fc.integer({ min: 0, max: 5000 }),
      cost: fc.integer({ min: 0, max: 5 }),
    });
    const small = fc
      .tuple(fc.integer({ min: 5, max: 20 }), fc.integer({ min: 1, max: 30 }))
      .map(([limit, window]) => makePolicy('any', limit, window));
    const clock = jest.spyOn(performance, 'now');
    fc.assert(
      fc.property(small, fc.array(step, { maxLength: 60 }), (one, steps) => {
        const store = memoryLimits();
        let now = 1_000_000;
        const passed: { readonly at: number; readonly cost: number }[] = [];
        for (const { pause, cost } of steps) {
          now += pause;
          clock.mockReturnValue(now);
          const [state] = store.take([{ policy: one, key: 'a', cost }]);
          if (state!.isAllowed) passed.push({ at: now, cost });
        }
        for (const [index, { at }] of passed.entries()) {
          let units = 0;
          for (const later of passed.slice(index)) {
            units += later.cost;
            const back = ((later.at - at) * one.limit) / (one.window * 1000);
            expect(units).toBeLessThanOrEqual(one.limit + back + 1e-6);
          }
        }
      }),
    );
    clock.mockRestore();
  });
});
