import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isPlanMessage, PROJECT_VARIABLE, STANDBY_VARIABLE, TURN_MESSAGE } from './dev-message';

/** A program that still has requests after so many milliseconds is killed, so that a change is seen at once. */
const KILL_AFTER_MS = 500;
const PRELOAD = pathToFileURL(path.join(__dirname, 'preload.js')).href;
/** An import that is awaited before the program begins. */
const WAIT = `import preload from ${JSON.stringify(PRELOAD)}; await preload.ready;`;
const GATE = `data:text/javascript,${encodeURIComponent(WAIT)}`;

export interface DevEvents {
  /** The program is about to listen, with this plan; `index` counts its applications. */
  onPlan(text: string, index: number): void;
  /** The program has ended by itself. */
  onEnd(how: number | string): void;
}

/**
 * The program of the user, which is stopped and started again. One runs at a time, so that each gets the same port. The
 * next one is ready: it has loaded its packages, and waits before its first line.
 */
export class DevProgram {
  private child: ChildProcess | undefined;
  private standby: ChildProcess | undefined;
  private turn: Promise<void> = Promise.resolve();
  private isWaiting = false;
  private isStopped = false;

  constructor(
    private readonly folder: string,
    private readonly file: string,
    private readonly events: DevEvents,
  ) {}

  /** Stops the one that runs, and starts the next when it has ended. Calls that come until then are one. */
  restart(): Promise<void> {
    if (this.isWaiting) return this.turn;
    this.isWaiting = true;
    this.turn = this.turn
      .then(() => this.end('SIGTERM'))
      .then(() => {
        this.isWaiting = false;
        if (!this.isStopped) this.start();
      });
    return this.turn;
  }

  /**
   * Passes a signal on, and resolves when the program has ended. It does not start again.
   *
   * @param signal undefined if the program has it already
   */
  stop(signal: NodeJS.Signals | undefined): Promise<void> {
    this.isStopped = true;
    this.dropStandby();
    this.turn = this.turn.then(() => this.end(signal));
    return this.turn;
  }

  /** Ends the program that waits, because what it has loaded may have changed. */
  dropStandby(): void {
    this.standby?.kill('SIGKILL');
    this.standby = undefined;
  }

  private start(): void {
    const waiting = this.takeStandby();
    const child = waiting ?? this.spawn();
    this.child = child;
    child.on('message', (message) => {
      if (this.child !== child || !isPlanMessage(message)) return;
      this.events.onPlan(message.text, message.index);
      if (this.standby === undefined && !this.isStopped) this.standby = this.spawn(message.packages);
    });
    const onEnd = (how: number | string): void => {
      if (this.child !== child) return;
      this.child = undefined;
      this.events.onEnd(how);
    };
    child.once('error', (error) => onEnd(error.message));
    child.once('exit', (code, signal) => onEnd(code ?? signal ?? 1));
    waiting?.send(TURN_MESSAGE);
  }

  /** Returns the program that waits, if it is still there. */
  private takeStandby(): ChildProcess | undefined {
    const { standby } = this;
    this.standby = undefined;
    return standby?.connected ? standby : undefined;
  }

  /** @param packages what a program loads that then waits for its turn */
  private spawn(packages?: readonly string[]): ChildProcess {
    const args = ['--enable-source-maps', '--import', GATE, this.file];
    const standby = packages && { [STANDBY_VARIABLE]: packages.join(' ') };
    const child = spawn(process.execPath, args, {
      env: { ...process.env, [PROJECT_VARIABLE]: this.folder, ...standby },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    // Without a listener, an error of a program that waits would end this process.
    child.on('error', () => {});
    return child;
  }

  private end(signal: NodeJS.Signals | undefined): Promise<void> {
    const { child } = this;
    // From here on, its end is expected, and not reported.
    this.child = undefined;
    // Without a process there is no exit.
    if (child?.pid === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      if (signal !== undefined) child.kill(signal);
    });
  }
}
