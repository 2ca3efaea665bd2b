import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');

describe('npm start', () => {
  let child: ChildProcess;
  let ended: Promise<unknown>;
  let output = '';

  beforeEach(async () => {
    output = '';
    child = spawn('npm', ['start'], { cwd: ROOT, env: { ...process.env, PORT: '0' } });
    ended = new Promise((resolve) => child.once('exit', resolve));
    await readUntil(/http:\/\/127\.0\.0\.1:\d+/);
  }, 180_000);

  afterEach(async () => {
    child.kill('SIGTERM');
    await ended;
  });

  it('does not install again, prints the plan and the URL to open', () => {
    expect(output).not.toContain('Installing');
    expect(output).toMatch(/GET +\/counter .*trustedHost > cors > gzip > session/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops on %s with code 0 and leaves nobody behind',
    async (signal) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
      expect(await (await fetch(url)).json()).toEqual({ status: 'running' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      expect(await ended).toBe(0);
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
  );

  function readUntil(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        if (pattern.test(output)) resolve();
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', () => reject(new Error(`It ended before it listened:\n${output}`)));
    });
  }
});
