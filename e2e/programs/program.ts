import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

const MINUTE_MS = 60_000;

/** A program in a process of its own, as a user starts it, with its output and its exit code. `await using` kills it. */
export class Program implements AsyncDisposable {
  /** Its output so far. */
  stdout = '';
  stderr = '';
  /** Its exit code, or the signal that ended it. Resolves after the last output. */
  readonly ended: Promise<number | NodeJS.Signals>;

  private constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signal!));
    });
  }

  /** Starts a program. The variables of `env` replace those of the tests; `undefined` removes one. */
  static start(command: string, args: readonly string[], options: ProgramOptions = {}): Program {
    const { env, fd3, ...rest } = options;
    const child = spawn(command, args, {
      ...rest,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', ...(fd3 === undefined ? [] : [fd3])],
    });
    return new Program(child as ChildProcessByStdio<null, Readable, Readable>);
  }

  /**
   * Resolves when the output matches the pattern. Rejects with all the output if the program ends first, or has not
   * printed it within a minute.
   */
  async waitFor(pattern: RegExp, withinMs = MINUTE_MS): Promise<RegExpExecArray> {
    const { stdout, stderr } = this.child;
    let look = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    const found = new Promise<RegExpExecArray>((resolve, reject) => {
      const fail = (fault: string): void => reject(this.describe(`${fault} ${pattern}:`));
      look = () => {
        const match = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
        if (match !== null) resolve(match);
      };
      timer = setTimeout(() => fail(`It has not printed within ${withinMs / 1000} s`), withinMs);
      for (const output of [stdout, stderr]) output.on('data', look);
      this.ended.then((how) => fail(`It ended (${how}) before`), reject);
    });
    look();
    try {
      return await found;
    } finally {
      clearTimeout(timer);
      for (const output of [stdout, stderr]) output.off('data', look);
    }
  }

  /** The first URL in the output, without the slash at its end: the URL on which the program listens. */
  async waitForUrl(withinMs?: number): Promise<string> {
    const [url] = await this.waitFor(/http:\/\/127\.0\.0\.1:\d+(?=\D)/, withinMs);
    return url;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /**
   * Sends a signal. Resolves with the exit code, or the signal that ended the program. Rejects with all the output if it
   * has not ended within a minute, and kills it.
   */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    let isLate = false;
    const timer = setTimeout(() => (isLate = this.child.kill('SIGKILL')), MINUTE_MS);
    this.child.kill(signal);
    const how = await this.ended.finally(() => clearTimeout(timer));
    if (isLate) throw this.describe(`It has not ended within a minute after ${signal}:`);
    return how;
  }

  private describe(fault: string): Error {
    return new Error(`${fault}\n${this.stdout}${this.stderr}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL');
  }
}

export interface ProgramOptions {
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The account that runs it; only root may choose one. */
  readonly uid?: number;
  readonly gid?: number;
  /** An open file descriptor that the program has as its descriptor 3. */
  readonly fd3?: number;
}
