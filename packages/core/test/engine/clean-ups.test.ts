import { promisify } from 'node:util';
import { AfterResponse } from '../../src/http/after-response';
import { CleanUps } from '../../src/engine/clean-ups';
import { makeContext } from '../make-context';

/** Real time, which fake timers leave alone. */
const nextTurn = promisify(setImmediate);

describe('the clean-ups of an application', () => {
  let cleanUps: CleanUps;
  let logged: string[];
  let seen: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    logged = [];
    seen = [];
    const warn = (message: string) => void logged.push(message);
    const error = (thrown: unknown, message = '') => void logged.push(`${message}: ${String(thrown)}`);
    cleanUps = new CleanUps({ info() {}, warn, error }, 30_000);
  });

  afterEach(() => jest.useRealTimers());

  function add(...names: readonly string[]): AfterResponse {
    const after = new AfterResponse(makeContext());
    for (const name of names)
      after.addCleanup((error) => seen.push(error instanceof Error ? `${name} failed` : name));
    cleanUps.expect(after);
    return after;
  }

  it('wait for the streams of their request', async () => {
    let end = (): void => {};
    const running = cleanUps.run(add('one'), new Promise<void>((resolve) => (end = resolve)));
    await jest.advanceTimersByTimeAsync(29_999);
    expect(seen).toEqual([]);
    end();
    await running;
    expect([seen, logged, jest.getTimerCount()]).toEqual([['one'], [], 0]);
  });

  it('wait for streams no longer than the timeout, which is logged', async () => {
    const running = cleanUps.run(add('one'), new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(30_000);
    await running;
    expect([seen, logged]).toEqual([
      ['one'],
      [expect.stringContaining('The stream of NotesController.show did not end within 30000 ms')],
    ]);
  });

  it('stop waiting for streams at the deadline for closing, and do not begin to wait after it', async () => {
    const running = cleanUps.run(add('one'), new Promise(() => undefined));
    cleanUps.cut();
    await running;
    await cleanUps.run(add('two'), new Promise(() => undefined));
    expect([seen, logged, jest.getTimerCount()]).toEqual([['one failed', 'two'], [], 0]);
  });

  it('do not wait for streams if there are none', async () => {
    await cleanUps.run(new AfterResponse(makeContext()), new Promise(() => undefined));
  });

  it('are waited for when the application closes, and those that are left run as of failed requests', async () => {
    const ended = add('ended');
    add('first', 'second');
    const closing = cleanUps.close(100);
    await cleanUps.run(ended);
    await jest.advanceTimersByTimeAsync(100);
    await closing;
    expect([seen, logged]).toEqual([['ended', 'second failed', 'first failed'], []]);
  });

  it('do not keep the application open for ever', async () => {
    const after = new AfterResponse(makeContext());
    after.addCleanup(() => new Promise(() => undefined));
    cleanUps.expect(after);
    let isClosed = false;
    void cleanUps.close(0).then(() => (isClosed = true));
    await jest.advanceTimersByTimeAsync(0);
    await nextTurn();
    await jest.advanceTimersByTimeAsync(4_999);
    expect(isClosed).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect([isClosed, logged]).toEqual([true, ['Clean-ups did not finish in time (requests: 1)']]);
  });

  it('close at once if there are none', async () => {
    await cleanUps.close(60_000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
