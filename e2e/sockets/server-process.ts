import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** An application in its own process, so that a crash does not end the tests, and its memory can be measured. */
export class ServerProcess {
  private answered: ((report: Report) => void) | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** The exit code, or the name of the signal that ended it. */
    readonly ended: Promise<number | string>,
    private readonly output: { text: string },
  ) {
    child.on('message', (report: Report) => this.answered?.(report));
  }

  /** Runs a file of `e2e/sockets/applications`. Resolves when it listens. */
  static async start(name: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const file = path.join(__dirname, 'applications', `${name}.ts`);
    const child = fork(file, [], {
      execArgv: ['--require', path.join(__dirname, 'typescript.cjs')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', ...env },
    });
    const output = { text: '' };
    const read = (chunk: Buffer): void => void (output.text += chunk.toString());
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    const ended = new Promise<number | string>((resolve) =>
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')),
    );
    const port = await Promise.race([
      new Promise<number>((resolve) =>
        child.once('message', (message: { port: number }) => resolve(message.port)),
      ),
      ended.then((how): number => {
        throw new Error(`It ended (${how}) before it listened:\n${output.text}`);
      }),
    ]);
    return new ServerProcess(child, port, ended, output);
  }

  /** Its output so far. */
  get log(): string {
    return this.output.text;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Asks for a report since the last one. */
  report(): Promise<Report> {
    return new Promise((resolve, reject) => {
      this.answered = resolve;
      void this.ended.then((how) => reject(new Error(`It has ended (${how}):\n${this.log}`)));
      // Without the callback, an error would be thrown where it ends the tests.
      this.child.send('report', (error) => {
        if (error !== null) reject(error);
      });
    });
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
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
