import { makeContext, ROUTE } from '../make-context';

describe('a context', () => {
  it('has its route, and no error at first', () => {
    const context = makeContext();
    expect([context.route, context.error]).toEqual([ROUTE, undefined]);
  });

  it('has one signal, which aborts when the client disconnects', () => {
    const client = new AbortController();
    const context = makeContext({ signal: client.signal });
    const { signal } = context;
    expect([signal.aborted, context.signal === signal]).toEqual([false, true]);
    client.abort();
    expect(signal.aborted).toBe(true);
  });

  it('has an aborted signal when the client has disconnected before', () => {
    expect(makeContext({ signal: AbortSignal.abort() }).signal.aborted).toBe(true);
  });
});
