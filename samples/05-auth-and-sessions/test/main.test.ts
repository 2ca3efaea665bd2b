import { startSample } from '../../../e2e/programs/start-sample';

const start = (env?: Record<string, string>) => startSample('05-auth-and-sessions', env);

describe('node dist/main.js', () => {
  it('prints the plan, and logs in over HTTP', async () => {
    await using program = start();
    const url = await program.waitForUrl();
    expect(program.stdout).toMatch(
      /^GET +\/api\/users +ApiController\.list +requireSameOrigin > session > anyOf\(bearer, authenticate\) > list$/m,
    );
    expect(program.stderr).toContain('SESSION_SECRET is not set');

    const login = await fetch(`${url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url },
      body: new URLSearchParams({ name: 'ada', password: 'analytical engine' }),
    });
    expect(login.status).toBe(303);
    const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
    expect(await (await fetch(url, { headers: { cookie } })).text()).toContain('Hello, ada');
    expect((await fetch(`${url}/api/users`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(`${url}/api/users`)).status).toBe(401);
  });

  it('reports a secret that is too short, and exits with code 1', async () => {
    await using program = start({ SESSION_SECRET: 'short' });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toContain('secretKey must have at least 32 bytes');
  });
});
