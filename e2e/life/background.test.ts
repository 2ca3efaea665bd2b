import { setTimeout as wait } from 'node:timers/promises';
import { createApp, type App, type Context, type MiddlewareFunction } from '@sluice/core';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('Work after the reply', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('background');
  });

  afterAll(() => server.stop());

  async function ask(path: string): Promise<number> {
    return (await fetch(`http://127.0.0.1:${server.port}${path}`)).status;
  }

  /** Polls until the expected number of notes has come. */
  async function readNotes(count: number): Promise<string[]> {
    const notes: string[] = [];
    while (notes.length < count) {
      notes.push(...(await server.report()).notes);
      await wait(5);
    }
    return notes;
  }

  it('is done in order, tasks that tasks have added last', async () => {
    expect(await ask('/order')).toBe(200);
    expect(await readNotes(3)).toEqual(['first', 'second 3', 'added by a task']);
  });

  it('is logged where it fails, and the next task runs', async () => {
    expect(await ask('/fails')).toBe(200);
    expect(await readNotes(2)).toEqual(['logged Error: the task', 'after the failure']);
  });

  it('does not follow an error', async () => {
    expect(await ask('/error')).toBe(500);
    expect(await ask('/order')).toBe(200);
    expect(await readNotes(4)).toEqual(['logged Error: the handler', 'first', 'second 3', 'added by a task']);
  });

  it('is refused when nothing would do it any more', async () => {
    expect(await ask('/late')).toBe(200);
    expect(await readNotes(1)).toEqual([expect.stringContaining('The request is over')]);
  });

  it('is logged when it was forgotten, and does not end the process', async () => {
    expect(await ask('/forgets')).toBe(200);
    expect(await readNotes(2)).toEqual(['logged Error: forgotten', 'logged Error: forgotten later']);
    expect(await ask('/order')).toBe(200);
    expect(server.isRunning).toBe(true);
  });
});

describe('One application', () => {
  let app: App;
  let url: string;
  /** The entries of the log, the message first if there is one. */
  let logged: string[];
  let done: string[];

  beforeEach(() => {
    logged = [];
    done = [];
  });

  afterEach(() => app.close({ timeoutMs: 0 }));

  async function listen(handler: (context: Context) => unknown): Promise<void> {
    const identify: MiddlewareFunction = (context, next) => {
      context.response.headers.set('X-Request-Id', 'request-7');
      return next();
    };
    const error = (thrown: unknown, message = ''): void =>
      void logged.push(`${message} ${String(thrown)}`.trim());
    app = await createApp({
      logger: { info() {}, warn() {}, error },
      middleware: [identify],
      routes: [{ method: 'GET', path: '/', name: 'work', handler }],
    });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
  }

  const ask = async () => (await fetch(url)).text();

  /** A task that has begun when `begun` resolves, and ends with `finish`. */
  function holdTask() {
    let begin = (): void => {};
    let finish = (): void => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const held = new Promise<void>((resolve) => (finish = resolve));
    const task = async (): Promise<void> => {
      begin();
      await held;
      done.push('the held one');
    };
    return { task, begun, finish };
  }

  it.each([
    ['at once', (reply: string) => reply],
    ['after a while', (reply: string) => wait(5, reply)],
  ])('that answers %s does not keep the client waiting for its tasks', async (_, answer) => {
    const { task, finish } = holdTask();
    await listen((context) => {
      context.background(task);
      return answer('answered');
    });
    expect(await ask()).toBe('answered');
    expect(done).toEqual([]);
    finish();
    await until(() => done.length > 0);
  });

  it('logs a task that fails with its route and the id of its request', async () => {
    await listen((context) => {
      context.background(() => Promise.reject(new Error('no mail')));
      return 'answered';
    });
    await ask();
    await until(() => logged.length > 0);
    expect(logged).toEqual(['A background task of work (request-7) failed Error: no mail']);
  });

  describe('closing with work left', () => {
    it('does all of it, and what it adds, before it has closed', async () => {
      const { task, begun, finish } = holdTask();
      await listen((context) => {
        context.background(task);
        context.background(() => {
          done.push('the next');
          context.background(() => done.push('what the next added'));
        });
        return 'answered';
      });
      await ask();
      await begun;
      const closed = app.close().then(() => done.push('closed'));
      finish();
      await closed;
      expect(done).toEqual(['the held one', 'the next', 'what the next added', 'closed']);
      expect(logged).toEqual([]);
    });

    it('waits for it until the deadline, then begins no more of it, and says so', async () => {
      const { task, begun, finish } = holdTask();
      await listen((context) => {
        context.background(task);
        context.background(() => done.push('never'));
        return 'answered';
      });
      await ask();
      await begun;
      await outlive(finish);
      expect(logged).toEqual([describeGivenUp(1)]);
      expect(done).toEqual(['the held one']);
    });

    it('refuses what a task that has outlived the deadline adds', async () => {
      const { task, begun, finish } = holdTask();
      await listen((context) => {
        context.background(async () => {
          await task();
          context.background(() => done.push('never'));
          context.background(() => done.push('never'));
        });
        return 'answered';
      });
      await ask();
      await begun;
      await outlive(finish);
      expect(logged).toEqual([describeGivenUp(2)]);
      expect(done).toEqual(['the held one']);
    });

    it('refuses what a handler that has outlived the deadline adds', async () => {
      const { task, begun, finish } = holdTask();
      await listen(async (context) => {
        await task();
        context.background(() => done.push('never'));
        return 'unused';
      });
      const asked = ask().catch(() => 'cut off');
      await begun;
      await app.close({ timeoutMs: 1 });
      expect(await asked).toBe('cut off');
      finish();
      await until(() => logged.length > 0);
      expect(logged).toEqual([describeGivenUp(1)]);
      expect(done).toEqual(['the held one']);
    });

    /** Lets the held task end after the deadline, and waits for what is logged of it. */
    const outlive = async (finish: () => void): Promise<void> => {
      await app.close({ timeoutMs: 1 });
      finish();
      await until(() => logged.length > 0);
    };

    const describeGivenUp = (count: number): string =>
      `Error: ${count} of the background tasks of work (request-7) did not run, because the application has closed`;
  });
});
