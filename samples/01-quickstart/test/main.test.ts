import { startSample } from '../../../e2e/programs/start-sample';

const start = (env?: Record<string, string>) => startSample('01-quickstart', env);

describe('node dist/main.js', () => {
  it('prints the plan and the URL to open, and warns of the development secret', async () => {
    await using program = start();
    await program.waitFor(/^Open http:\/\/127\.0\.0\.1:\d+\/docs /m);
    expect(program.stdout).toMatch(
      /^GET +\/admin +QuickstartController\.admin +trustedHost > cors > gzip > session > requireAuthorization > admin$/m,
    );
    expect(program.stderr).toContain('SESSION_SECRET is not set');
  });

  it('prints no warning if SESSION_SECRET is set', async () => {
    await using program = start({ SESSION_SECRET: 'another secret, of at least 32 bytes' });
    await program.waitForUrl();
    expect(program.stderr).toBe('');
  });

  it('answers over HTTP', async () => {
    await using program = start();
    const url = await program.waitForUrl();
    expect(await (await fetch(url)).json()).toEqual({ status: 'running' });

    const heavy = await fetch(`${url}/heavy`, { headers: { 'accept-encoding': 'gzip' } });
    expect(heavy.headers.get('content-encoding')).toBe('gzip');
    expect(await heavy.json()).toMatchObject({ data: 'x'.repeat(1000) });

    const first = await fetch(`${url}/counter`);
    expect(await first.json()).toEqual({ count: 1 });
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
    const second = await fetch(`${url}/counter`, { headers: { cookie } });
    expect(await second.json()).toEqual({ count: 2 });

    const headers = { 'content-type': 'application/json' };
    const echo = await fetch(`${url}/echo`, { method: 'POST', headers, body: '{"a":[1,2]}' });
    expect(await echo.json()).toEqual({ a: [1, 2] });

    const admin = await fetch(`${url}/admin`);
    expect([admin.status, await admin.json()]).toEqual([401, { error: 'Unauthorized' }]);
  });

  it('finishes the request in flight before it stops', async () => {
    await using program = start();
    const url = await program.waitForUrl();
    // The server accepts connections in order, so the slow request has begun when this one is answered.
    const slow = fetch(`${url}/slow`);
    await fetch(url);
    const ended = program.stop();
    expect(await (await slow).json()).toEqual({ waitedMs: 50 });
    expect(await ended).toBe(0);
  });

  it('reports a secret that is too short, and exits with code 1', async () => {
    await using program = start({ SESSION_SECRET: 'short' });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toContain('secretKey must have at least 32 bytes');
  });
});
