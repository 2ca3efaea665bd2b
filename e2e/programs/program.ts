import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { within } from '../sockets/within';

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
   * Resolves when the output matches the pattern. Rejects with all the output if the program ends first, or prints it
   * too late.
   */
  async waitFor(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray> {
    const { stdout, stderr } = this.child;
    let look = (): void => undefined;
    const found = new Promise<RegExpExecArray>((resolve, reject) => {
      look = () => {
        const match = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
        if (match !== null) resolve(match);
      };
      for (const output of [stdout, stderr]) output.on('data', look);
      const fail = (how: number | NodeJS.Signals): void =>
        reject(new Error(`It ended (${how}) before ${pattern}:\n${this.output}`));
      this.ended.then(fail, reject);
    });
    look();
    try {
      return await within(found, () => `It has not printed ${pattern}:\n${this.output}`, withinMs);
    } finally {
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
   * Sends a signal. Resolves with the exit code, or the signal that ended the program. Kills it, and rejects with all the
   * output, if it ends too late.
   */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    try {
      return await within(this.ended, () => `It has not ended after ${signal}:\n${this.output}`);
    } catch (error) {
      this.child.kill('SIGKILL');
      throw error;
    }
  }

  private get output(): string {
    return `${this.stdout}${this.stderr}`;
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
