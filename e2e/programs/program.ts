import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A program in a process of its own, as a user starts it: what it prints and how it ends. `await using` ends it. */
export class Program implements AsyncDisposable {
  /** What it wrote so far. */
  stdout = '';
  stderr = '';
  /** Its exit code, or the signal that ended it; all it wrote is there by then. */
  readonly ended: Promise<number | NodeJS.Signals>;

  private constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signal!));
    });
  }

  /** @param env over the environment of the tests; `undefined` takes a variable away */
  static start(command: string, args: readonly string[], options: ProgramOptions = {}): Program {
    const { cwd, env } = options;
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Program(child);
  }

  /** Resolves when it has written that; rejects with all it wrote when it ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
        if (found !== null) resolve(found);
      };
      look();
      this.child.stdout.on('data', look);
      this.child.stderr.on('data', look);
      this.ended.then(
        (how) => reject(new Error(`It ended (${how}) before ${pattern}:\n${this.stdout}${this.stderr}`)),
        reject,
      );
    });
  }

  /** The first URL it tells, without the slash at its end: where it listens. */
  async waitForUrl(): Promise<string> {
    const [url] = await this.waitFor(/http:\/\/127\.0\.0\.1:\d+(?=\D)/);
    return url;
  }

  /** Asks it to end; resolves with how it did. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL');
  }
}

export interface ProgramOptions {
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
}
