import { once } from 'node:events';
import { guardListeners } from '../../src/http/guard-listeners';

const rejects: jest.Mock = jest.fn().mockRejectedValue(new Error('on purpose'));
const fail = (): never => {
  throw new Error('on purpose');
};

describe('guardListeners', () => {
  let abort: AbortController;
  let reported: string[];

  beforeEach(() => {
    abort = new AbortController();
    reported = [];
    guardListeners(abort.signal, (error) => reported.push((error as Error).message));
  });

  it.each<[string, (signal: AbortSignal) => void]>([
    ['a function that throws', (signal) => signal.addEventListener('abort', fail)],
    ['an object that throws', (signal) => signal.addEventListener('abort', { handleEvent: fail })],
    ['an async function', (signal) => signal.addEventListener('abort', rejects)],
    ['onabort', (signal) => (signal.onabort = fail)],
  ])('reports the error of %s, and calls the others', async (_title, listen) => {
    const other = jest.fn();
    listen(abort.signal);
    abort.signal.addEventListener('abort', other);
    abort.abort();
    await new Promise(setImmediate);
    expect(reported).toEqual(['on purpose']);
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('leaves removing, repeating, `once` and `this` as they are', () => {
    const { signal } = abort;
    const seen: unknown[] = [];
    const listener = function (this: unknown, event: Event): void {
      seen.push(this, event.type);
    };
    const removed = jest.fn();
    signal.addEventListener('abort', listener, { once: true });
    signal.addEventListener('abort', listener);
    signal.addEventListener('abort', removed);
    signal.removeEventListener('abort', removed);
    abort.abort();
    expect(seen).toEqual([signal, 'abort']);
    expect(removed).not.toHaveBeenCalled();
  });

  it('works with functions of Node that take a signal', async () => {
    const waiting = once(new EventTarget(), 'never', { signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toThrow('aborted');
    expect(AbortSignal.any([abort.signal]).aborted).toBe(true);
  });
});
