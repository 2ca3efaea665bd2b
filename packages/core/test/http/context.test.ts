import { makeContext, ROUTE } from '../make-context';

describe('a context', () => {
  it('knows its route, and no error while all is well', () => {
    const context = makeContext();
    expect([context.route, context.error]).toEqual([ROUTE, undefined]);
  });

  it('has one signal, which aborts when the client goes', () => {
    const client = new AbortController();
    const context = makeContext({ signal: client.signal });
    const { signal } = context;
    expect([signal.aborted, context.signal === signal]).toEqual([false, true]);
    client.abort();
    expect(signal.aborted).toBe(true);
  });

  it('has an aborted signal where the client has gone already', () => {
    expect(makeContext({ signal: AbortSignal.abort() }).signal.aborted).toBe(true);
  });

  it('gives its background tasks away once, in order', () => {
    const context = makeContext();
    const tasks = [() => 1, () => 2];
    for (const task of tasks) context.background(task);
    expect(context.takeBackgroundTasks()).toEqual(tasks);
    expect(context.takeBackgroundTasks()).toBeUndefined();
  });

  it('refuses a background task that nothing would run any more', () => {
    const context = makeContext();
    expect(context.takeBackgroundTasks()).toBeUndefined();
    expect(() => context.background(() => 1)).toThrow('The request is over');
  });
});
