import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const CURE = 'Await it, or catch its rejection.';
const UNNAMED = `Error: forgotten | A promise was rejected, and no code handled it. ${CURE}`;
const ANNOUNCED = `${UNNAMED} From now on requests are traced, so the next report names the request.`;

function name(route: string): string {
  return `Error: forgotten | A promise of ${route} was rejected, and no code handled it. ${CURE}`;
}

describe('A promise that a request forgot', () => {
  let server: ServerProcess;

  afterEach(() => server.stop());

  async function ask(path: string, init?: RequestInit): Promise<void> {
    expect((await fetch(`http://127.0.0.1:${server.port}${path}`, init)).status).toBe(200);
  }

  /** Waits until the log has the expected number of entries. */
  const readLog = (count: number): Promise<string[]> =>
    server.waitForNotes((entries) => entries.length >= count);

  it.each([
    ['/at-once?id=a', 'atOnce (a)'],
    ['/later?id=b', 'later (b)'],
    ['/waits/1?id=c', 'waits (c)'],
    ['/task?id=d', 'task (d)'],
    ['/later', 'later'],
  ])('by GET %s is logged with the route and the id of the request in development', async (path, route) => {
    server = await ServerProcess.start('forgotten', { NODE_ENV: 'development' });
    await ask(path);
    expect(await readLog(1)).toEqual([name(`ForgetfulController.${route}`)]);
  });

  it('is distinguished from those of other requests, also if their bodies were waited for', async () => {
    server = await ServerProcess.start('forgotten', { TRACES: 'true' });
    const headers = { 'content-type': 'text/plain' };
    await Promise.all([
      ...['20', '1', '10'].map((milliseconds) => ask(`/waits/${milliseconds}?id=${milliseconds}`)),
      ask('/body?id=short', { method: 'POST', headers, body: 'short' }),
      ask('/body?id=long', { method: 'POST', headers, body: 'long'.repeat(20_000) }),
    ]);
    expect((await readLog(5)).sort()).toEqual(
      ['body (long)', 'body (short)', 'waits (1)', 'waits (10)', 'waits (20)'].map((route) =>
        name(`ForgetfulController.${route}`),
      ),
    );
  });

  it('costs a program in production that has none nothing: from the first on they are named', async () => {
    server = await ServerProcess.start('forgotten');
    await ask('/later?id=a');
    expect(await readLog(1)).toEqual([ANNOUNCED]);
    await ask('/later?id=b');
    expect(await readLog(1)).toEqual([name('ForgetfulController.later (b)')]);
  });

  it('is never named if the cost of that is not wanted', async () => {
    server = await ServerProcess.start('forgotten', { TRACES: 'false' });
    await ask('/later?id=a');
    await ask('/later?id=b');
    expect(await readLog(2)).toEqual([UNNAMED, UNNAMED]);
  });
});
