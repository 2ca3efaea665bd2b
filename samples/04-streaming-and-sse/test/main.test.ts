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

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves page, clock, lines and files, and stops on %s with code 0',
    async (signal) => {
      const program = start({ PORT: '0' });
      const url = await waitForUrl(program);
      expect(program.output.stdout).toMatch(/^GET +\/clock +StreamingController\.clock /m);
      expect(await (await fetch(url)).text()).toContain('<h1>Clock &amp; streams</h1>');
      expect(await (await fetch(new URL('/readings', url))).text()).toContain('{"hour":23,');
      const part = await fetch(new URL('/tides', url), { headers: { range: 'bytes=0-2' } });
      expect([part.status, await part.text()]).toEqual([206, 'day']);

      const clock = await fetch(new URL('/clock', url));
      const reader = clock.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!text.includes('"time"')) text += (await reader.read()).value ?? '';
      // The clock would go on for ever: closing ends it.
      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      while (!(await reader.read()).done);
      expect(program.output.stderr).toBe('');
    },
    STARTS_WITHIN_MS,
  );

  it(
    'says what is wrong with the port, and ends with code 1',
    async () => {
      const program = start({ PORT: 'eighty' });
      expect(await program.ended).toBe(1);
      expect(program.output.stderr).toMatch(/The application can not start.*app\.listen.*port/s);
    },
    STARTS_WITHIN_MS,
  );

  function start(env: Record<string, string>): Program {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, ...env },
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
