import { setTimeout as wait } from 'node:timers/promises';
import { createApp, type Context } from '@sluice/core';
import { ServerProcess } from './sockets/server-process';

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

  /** Polls until as many notes have come as are due. */
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

  it('that was forgotten is logged, and does not end the process', async () => {
    expect(await ask('/forgets')).toBe(200);
    expect(await readNotes(2)).toEqual(['logged Error: forgotten', 'logged Error: forgotten later']);
    expect(await ask('/order')).toBe(200);
    expect(server.isRunning).toBe(true);
  });
});

describe('Closing with work left', () => {
  it('waits for it until the deadline, then begins no more of it, and says so', async () => {
    const logged: string[] = [];
    const done: string[] = [];
    let finish = (): void => {};
    const started = new Promise<void>((begun) => {
      const slow = () => {
        begun();
        return new Promise<void>((resolve) => (finish = resolve));
      };
      routes[0]!.handler = (context) => {
        context.background(slow);
        context.background(() => done.push('never'));
        return 'answered';
      };
    });
    const logger = { info() {}, warn() {}, error: (error: unknown) => void logged.push(String(error)) };
    const app = await createApp({ routes, logger });
    const { url } = await app.listen({ port: 0, handleSignals: false });
    await (await fetch(url)).text();
    await started;
    await app.close({ timeoutMs: 1 });
    finish();
    while (logged.length === 0) await wait(1);
    expect(logged).toEqual([expect.stringContaining('1 of the background tasks of slow were given up')]);
    expect(done).toEqual([]);
  });

  const routes: { method: 'GET'; path: string; name: string; handler: (context: Context) => unknown }[] = [
    { method: 'GET', path: '/', name: 'slow', handler: () => undefined },
  ];
});
