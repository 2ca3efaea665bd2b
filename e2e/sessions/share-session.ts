import { ServerProcess } from '../sockets/server-process';
import { startAll } from '../sockets/start-all';

/**
 * Has two processes share a session: one begins it, and the other reads and changes it. Returns the id of the session.
 *
 * @param env for the application `stored-session`
 */
export async function shareSession(env: Record<string, string>): Promise<Buffer> {
  const processes = await startAll([
    ServerProcess.start('stored-session', env),
    ServerProcess.start('stored-session', env),
  ]);
  try {
    const [first, second] = processes.map(({ port }) => `http://127.0.0.1:${port}/`) as [string, string];
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    const written = await fetch(first, { method: 'POST', headers, body: '{"user":"ada"}' });
    headers['Cookie'] = written.headers.getSetCookie()[0]!.split(';')[0]!;
    expect(await (await fetch(second, { headers })).json()).toEqual({ session: { user: 'ada' } });
    await (await fetch(second, { method: 'POST', headers, body: '{"n":2}' })).arrayBuffer();
    expect(await (await fetch(first, { headers })).json()).toEqual({ session: { user: 'ada', n: 2 } });
    return Buffer.from(headers['Cookie'].slice('session='.length), 'base64url').subarray(9, 41);
  } finally {
    await Promise.all(processes.map((one) => one.stop()));
  }
}
