import { setImmediate } from 'node:timers/promises';
import { RequestTrace } from '../../src/engine/request-trace';
import { makeContext } from '../make-context';

describe('A request trace', () => {
  it('knows no request before it begins', () => {
    const trace = new RequestTrace(undefined);
    let seen: unknown = 'not run';
    trace.run(makeContext(), () => (seen = trace.context));
    expect([trace.isOn, seen]).toEqual([false, undefined]);
  });

  it('knows the request of the code that it runs, also after an await, and of no other code', async () => {
    const trace = new RequestTrace(true);
    trace.begin();
    const [first, second] = [makeContext(), makeContext()];
    const seen: unknown[] = [];
    const look = async () => {
      await setImmediate();
      seen.push(trace.context);
    };
    trace.run(first, () => void look());
    trace.run(second, () => void look());
    await look();
    expect(seen).toHaveLength(3);
    expect([seen[0] === first, seen[1] === second, seen[2]]).toEqual([true, true, undefined]);
    trace.end();
    expect([trace.isOn, trace.context]).toEqual([false, undefined]);
  });
});
