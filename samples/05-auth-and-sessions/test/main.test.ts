import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const MAIN = path.resolve(__dirname, '../dist/main.js');
const STARTS_WITHIN_MS = 60_000;

describe('node dist/main.js', () => {
  const children: ChildProcess[] = [];

  beforeAll(() => {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run npm run build first.`);
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it(
    'prints the plan, logs in over HTTP, and stops on SIGTERM with code 0',
    async () => {
      const { child, ended, output } = start({ PORT: '0' });
      const url = await waitForUrl(child, ended, output);
      expect(output.stdout).toMatch(
        /^GET +\/api\/users +ApiController\.list +requireSameOrigin > session > anyOf\(bearer, authenticate\) > list$/m,
      );
      expect(output.stderr).toContain('SESSION_SECRET is not set');

      const login = await fetch(new URL('/login', url), {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: new URL(url).origin },
        body: new URLSearchParams({ name: 'ada', password: 'analytical engine' }),
      });
      expect(login.status).toBe(303);
      const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
      expect(await (await fetch(url, { headers: { cookie } })).text()).toContain('Hello, ada');
      expect((await fetch(new URL('/api/users', url), { headers: { cookie } })).status).toBe(200);
      expect((await fetch(new URL('/api/users', url))).status).toBe(401);

      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    },
    STARTS_WITHIN_MS,
  );

  it(
    'says what is wrong with the secret, and ends with code 1',
    async () => {
      const { ended, output } = start({ PORT: '0', SESSION_SECRET: 'short' });
      expect(await ended).toBe(1);
      expect(output.stderr).toContain('secretKey must have at least 32 bytes');
    },
    STARTS_WITHIN_MS,
  );

  function start(env: Record<string, string>) {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, SESSION_SECRET: undefined, ...env },
    });
    children.push(child);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, ended, output };
  }

  function waitForUrl(
    child: ChildProcess,
    ended: Promise<number | null>,
    output: { stdout: string; stderr: string },
  ) {
    return new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', () => {
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(output.stdout)?.[0];
        if (url !== undefined) resolve(url);
      });
      void ended.then(() => reject(new Error(`It ended before it listened:\n${output.stderr}`)));
    });
  }
});
