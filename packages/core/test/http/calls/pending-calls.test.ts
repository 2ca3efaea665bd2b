import { MessageChannel } from 'node:worker_threads';
import { PendingCalls, type RefusalReason } from '../../../src/http/calls/pending-calls';

class Unavailable extends Error {
  constructor(readonly reason: RefusalReason) {
    super(reason);
  }
}

const refuse = (reason: RefusalReason) => new Unavailable(reason);
const never = () => new Promise<never>(() => {});

describe('PendingCalls', () => {
  it('passes results and errors on, and counts a call until then', async () => {
    const calls = new PendingCalls(1000, 2, refuse);
    const answered = calls.start(async () => 'pong');
    const failed = calls.start(() => Promise.reject(new Error('OOM')));
    expect(calls.size).toBe(2);
    expect(await answered).toBe('pong');
    await expect(failed).rejects.toThrow('OOM');
    expect(calls.size).toBe(0);
  });

  it('makes a rejection of an error that the client throws', async () => {
    const calls = new PendingCalls(1000, 2, refuse);
    const thrown = calls.start(() => {
      throw new Error('closed');
    });
    await expect(thrown).rejects.toThrow('closed');
    expect(calls.size).toBe(0);
  });

  it('rejects after the timeout, and still counts the call, which the client keeps', async () => {
    const calls = new PendingCalls(20, 10, refuse);
    const error = await calls.start(never).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ reason: 'timeout' });
    expect(calls.size).toBe(1);
  });

  it('stops to count a late call when the client settles it', async () => {
    const calls = new PendingCalls(20, 10, refuse);
    let answer = (_value: string): void => {};
    const late = calls.start(() => new Promise<string>((resolve) => (answer = resolve)));
    await expect(late).rejects.toMatchObject({ reason: 'timeout' });
    answer('too late');
    await new Promise(setImmediate);
    expect(calls.size).toBe(0);
  });

  it('sends nothing above the bound', async () => {
    const calls = new PendingCalls(20, 3, refuse);
    let sent = 0;
    const send = () => {
      sent++;
      return never();
    };
    const settled = await Promise.allSettled(Array.from({ length: 10 }, () => calls.start(send)));
    const reasons = settled.map((one) => (one as PromiseRejectedResult).reason.reason as string);
    expect(reasons.filter((reason) => reason === 'timeout')).toHaveLength(3);
    expect(reasons.filter((reason) => reason === 'pending')).toHaveLength(7);
    expect([sent, calls.size]).toEqual([3, 3]);
  });

  it('has one timer, however many calls wait, and none without calls', async () => {
    const timers = jest.spyOn(global, 'setTimeout');
    const calls = new PendingCalls(30, 1000, refuse);
    const started = Array.from({ length: 500 }, () => calls.start(never).catch(() => undefined));
    expect(timers).toHaveBeenCalledTimes(1);
    await Promise.all(started);
    const afterwards = timers.mock.calls.length;
    // It turns on while calls wait: a few times, not once for each of them.
    expect(afterwards).toBeLessThan(100);
    await new Promise(setImmediate);
    expect(timers).toHaveBeenCalledTimes(afterwards);
    timers.mockRestore();
  });

  it('does not keep the process alive when no call waits', async () => {
    const calls = new PendingCalls(1000, 10, refuse);
    const { timer } = calls as unknown as { timer: undefined };
    expect(timer).toBeUndefined();
    let answer = (_value: string): void => {};
    const waiting = calls.start(() => new Promise<string>((resolve) => (answer = resolve)));
    const set = (calls as unknown as { timer: NodeJS.Timeout }).timer;
    expect(set.hasRef()).toBe(true);
    answer('pong');
    await waiting;
    expect(set.hasRef()).toBe(false);
    void calls.start(never).catch(() => undefined);
    expect(set.hasRef()).toBe(true);
    clearTimeout(set);
  });

  it('gives each call the whole timeout', async () => {
    const calls = new PendingCalls(60, 10, refuse);
    const order: string[] = [];
    const first = calls.start(never).catch(() => order.push('first'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const started = performance.now();
    const second = calls.start(never).catch(() => order.push('second'));
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
    expect(performance.now() - started).toBeGreaterThanOrEqual(59);
  });

  it('takes an answer that came while the loop was busy', async () => {
    const calls = new PendingCalls(10, 10, refuse);
    // The answer of a socket is read after the timers, before immediates.
    const answered = calls.start(
      () =>
        new Promise<string>((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.once('message', () => {
            port1.close();
            resolve('in time');
          });
          port2.postMessage('answer');
        }),
    );
    const end = performance.now() + 40;
    while (performance.now() < end);
    expect(await answered).toBe('in time');
  });
});
