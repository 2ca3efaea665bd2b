import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const MAIN = path.resolve(__dirname, '../dist/main.js');
const STARTS_WITHIN_MS = 30_000;

interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: { stdout: string; stderr: string };
}

describe('node dist/main.js', () => {
  const programs: Program[] = [];

  beforeAll(() => {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run npm run build first.`);
  });

  afterEach(() => {
    for (const { child } of programs.splice(0)) child.kill('SIGKILL');
  });

  it(
    'prints the plan and the URL, and warns of the development secret',
    async () => {
      const program = start({ PORT: '0' });
      await waitForUrl(program);
      const { stdout, stderr } = program.output;
      expect(stdout).toMatch(
        /^GET +\/admin +QuickstartController\.admin +trustedHost > cors > gzip > session > requireAuthorization > admin$/m,
      );
      expect(stdout).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/ /m);
      expect(stderr).toContain('SESSION_SECRET is not set');
    },
    STARTS_WITHIN_MS,
  );

  it(
    'warns of nothing with a secret of its own',
    async () => {
      const program = start({ PORT: '0', SESSION_SECRET: 'another secret, of at least 32 bytes' });
      await waitForUrl(program);
      expect(program.output.stderr).toBe('');
    },
    STARTS_WITHIN_MS,
  );

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'answers over HTTP, and stops on %s with code 0',
    async (signal) => {
      const program = start({ PORT: '0' });
      const url = await waitForUrl(program);
      expect(await (await fetch(url)).json()).toEqual({ status: 'running' });

      const heavy = await fetch(new URL('/heavy', url), { headers: { 'accept-encoding': 'gzip' } });
      expect(heavy.headers.get('content-encoding')).toBe('gzip');
      expect(await heavy.json()).toMatchObject({ data: 'x'.repeat(1000) });

      const first = await fetch(new URL('/counter', url));
      expect(await first.json()).toEqual({ count: 1 });
      const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
      const second = await fetch(new URL('/counter', url), { headers: { cookie } });
      expect(await second.json()).toEqual({ count: 2 });

      const headers = { 'content-type': 'application/json' };
      const echo = await fetch(new URL('/echo', url), { method: 'POST', headers, body: '{"a":[1,2]}' });
      expect(await echo.json()).toEqual({ a: [1, 2] });

      const admin = await fetch(new URL('/admin', url));
      expect([admin.status, await admin.json()]).toEqual([401, { error: 'Unauthorized' }]);

      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
    STARTS_WITHIN_MS,
  );

  it(
    'finishes the request in flight before it stops',
    async () => {
      const program = start({ PORT: '0' });
      const url = await waitForUrl(program);
      // Connections are served in their order: when this one is answered, the slow one waits.
      const slow = fetch(new URL('/slow', url));
      await fetch(new URL('/', url));
      program.child.kill('SIGTERM');
      expect(await (await slow).json()).toEqual({ waitedMs: 50 });
      expect(await program.ended).toBe(0);
    },
    STARTS_WITHIN_MS,
  );

  it(
    'says in one message what is wrong with the port or the secret, and ends with code 1',
    async () => {
      const wrongPort = start({ PORT: 'eighty' });
      expect(await wrongPort.ended).toBe(1);
      expect(wrongPort.output.stderr).toMatch(/The application can not start.*app\.listen.*port/s);

      const wrongSecret = start({ PORT: '0', SESSION_SECRET: 'short' });
      expect(await wrongSecret.ended).toBe(1);
      expect(wrongSecret.output.stderr).toContain('secretKey must have at least 32 bytes');
    },
    STARTS_WITHIN_MS,
  );

  function start(env: Record<string, string>): Program {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, SESSION_SECRET: undefined, ...env },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const program = { child, ended, output };
    programs.push(program);
    return program;
  }

  function waitForUrl({ child, ended, output }: Program): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(output.stdout)?.[0];
        if (url !== undefined) resolve(url);
      };
      child.stdout?.on('data', look);
      void ended.then(() => reject(new Error(`It ended before it listened:\n${output.stderr}`)));
    });
  }
});
