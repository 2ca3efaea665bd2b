import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { until } from './until';
import { within } from './within';

/**
 * An application in its own process, so that a crash does not end the tests, and its memory can be measured. `await
 * using` kills it. Whatever is waited for is reported with its output if it does not happen.
 */
export class ServerProcess implements AsyncDisposable {
  private answered: ((report: Report) => void) | undefined;
  private output = '';
  private readonly ended: Promise<number | string>;
  /** The port on which it listens. */
  port = 0;

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const read = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    this.ended = new Promise((resolve) =>
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')),
    );
  }

  /** Runs a file of `e2e/sockets/applications`. Resolves when it listens. */
  static async start(name: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const file = path.join(__dirname, 'applications', `${name}.ts`);
    const child = fork(file, [], {
      execArgv: ['--require', path.join(__dirname, 'typescript.cjs')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', ...env },
    });
    const server = new ServerProcess(name, child);
    try {
      await server.listens();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private async listens(): Promise<void> {
    const listening = new Promise<{ port: number }>((resolve) => this.child.once('message', resolve));
    const ended = this.ended.then((how): never => {
      throw new Error(`It ended (${how}) before it listened:\n${this.output}`);
    });
    const { port } = await within(Promise.race([listening, ended]), this.describe);
    this.port = port;
    this.child.on('message', (report: Report) => this.answered?.(report));
  }

  /** Its output so far. */
  get log(): string {
    return this.output;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Asks for a report since the last one. */
  report(): Promise<Report> {
    const report = new Promise<Report>((resolve, reject) => {
      this.answered = resolve;
      void this.ended.then((how) => reject(new Error(`It has ended (${how}):\n${this.log}`)));
      // Without the callback, an error would be thrown where it ends the tests.
      this.child.send('report', (error) => {
        if (error !== null) reject(error);
      });
    });
    return within(report, this.describe);
  }

  /** Collects the notes of its handlers until they are what is waited for, and returns them in order. */
  async waitForNotes(isEnough: (notes: readonly string[]) => boolean): Promise<string[]> {
    const notes: string[] = [];
    const look = async (): Promise<boolean> => {
      notes.push(...(await this.report()).notes);
      return isEnough(notes);
    };
    await until(look, () => `Its notes are ${JSON.stringify(notes)}. ${this.describe()}`);
    return notes;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Waits for its exit code, or the name of the signal that ended it. */
  waitForEnd(): Promise<number | string> {
    return within(this.ended, this.describe);
  }

  async stop(): Promise<void> {
    if (this.child.pid === undefined) return;
    this.child.kill('SIGKILL');
    await this.waitForEnd();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private readonly describe = (): string => `The output of ${this.name}:\n${this.output}`;
}

/** The report of an application. */
export interface Report {
  /** The most memory of the process since the last report. */
  readonly mostResidentBytes: number;
  readonly residentBytes: number;
  /** The part of it that is V8's young generation. */
  readonly youngBytes: number;
  readonly heapBytes: number;
  /** Open descriptors, sockets included; only on Linux. */
  readonly descriptors: number | undefined;
  /** The notes of its handlers, in order. */
  readonly notes: readonly string[];
}
