import { ConfigurationError } from '../configuration/configuration-error';
import { BackOff } from './back-off';
import type { EndedWorker, StartedWorker } from './serve-options';
import { HandedConnections } from './handed-connections';
import { NumberPool } from './number-pool';
import { WorkerProcess } from './worker-process';
import type { NumbersReport, Readiness, StartFailure } from './worker-message';

/** Longer than a silent connection lives: until then, each client has met an answer that ends its connection. */
const KEEP_ALIVE_MS = 11_000;

/** The program of a supervisor, and the functions that it calls. None of them may throw. */
export interface SupervisorOptions {
  readonly count: number;
  readonly port: number;
  log(message: string): void;
  warn(message: string): void;
  onLaunch(worker: WorkerProcess): void;
  onStart(worker: StartedWorker): void;
  onExit(worker: EndedWorker): void;
}

/** How a program with workers ends: with an exit code, or because its start has failed. */
export type End = { readonly code: number } | { readonly failure: Error };

/** Keeps the workers of a program alive. It runs nothing of the application. */
export class Supervisor {
  /** Resolves when all workers listen. */
  readonly ready: Promise<Readiness>;
  /** Resolves when the last worker has ended, after `stop`, a failed start, or too many deaths. */
  readonly ended: Promise<End>;

  private readonly current = new Map<number, WorkerProcess>();
  private readonly alive = new Set<WorkerProcess>();
  private readonly numbers = new NumberPool(this.alive);
  private readonly connections = new HandedConnections();
  private readonly waiting = new Map<number, NodeJS.Timeout>();
  private readonly backOff = new BackOff();
  private replaced: number | undefined;
  private work: Promise<unknown> = Promise.resolve();
  private isReloadQueued = false;
  private isRunning = false;
  private end: End | undefined;
  private reportReady!: (readiness: Readiness) => void;
  private reportEnd!: (end: End) => void;

  constructor(private readonly options: SupervisorOptions) {
    this.ready = new Promise((resolve) => (this.reportReady = resolve));
    this.ended = new Promise((resolve) => (this.reportEnd = resolve));
    for (let id = 1; id <= options.count; id++) this.current.set(id, this.launch(id));
  }

  /** Replaces all workers, one after the other: an old one ends when the new one listens. Stops if a new one does not start. */
  reload(): void {
    if (this.isReloadQueued) return;
    this.isReloadQueued = true;
    this.queue(async () => {
      this.isReloadQueued = false;
      this.options.log(`All ${this.options.count} workers are replaced, one after the other.`);
      for (const id of this.current.keys()) if (!(await this.replace(id))) return;
      this.options.log('All workers have been replaced.');
    });
  }

  /** Lets all workers finish their requests. */
  stop(end: End = { code: 0 }): void {
    if (this.end !== undefined) return;
    this.end = end;
    for (const timer of this.waiting.values()) clearTimeout(timer);
    for (const worker of this.alive) worker.end(0);
    if (this.alive.size === 0) this.reportEnd(end);
  }

  /** Ends all workers now. */
  kill(): void {
    for (const worker of this.alive) worker.kill();
  }

  private launch(id: number): WorkerProcess {
    const { count, port, onLaunch } = this.options;
    const worker = new WorkerProcess({ id, count, port }, this, this.connections);
    this.alive.add(worker);
    onLaunch(worker);
    return worker;
  }

  onReady(worker: WorkerProcess, readiness: Readiness): void {
    this.options.onStart({ id: worker.id, pid: worker.pid });
    if (this.isRunning || ![...this.current.values()].every(({ isReady }) => isReady)) return;
    this.isRunning = true;
    this.reportReady(readiness);
  }

  onLarge(worker: WorkerProcess, megabytes: number): void {
    this.queue(async () => {
      if (this.current.get(worker.id) !== worker || worker.hasEnded) return;
      this.options.warn(
        `${describe(worker)} takes ${megabytes} MB of memory, which is more than maxMemoryMb. It is replaced.`,
      );
      await this.replace(worker.id);
    });
  }

  onNumbers(worker: WorkerProcess, report: NumbersReport): void {
    this.numbers.receive(worker, report);
  }

  onDisconnect(worker: WorkerProcess): void {
    this.numbers.remove(worker);
  }

  onExit(worker: WorkerProcess, how: number | NodeJS.Signals): void {
    const { id, pid, wasAsked, wasRefused, failure } = worker;
    this.alive.delete(worker);
    this.options.onExit({ id, pid, how, wasAsked });
    if (this.end !== undefined) {
      if (this.alive.size === 0) this.reportEnd(this.end);
      return;
    }
    if (!this.isRunning && failure !== undefined) this.stop({ failure: toError(failure) });
    else if (this.current.get(id) === worker && this.replaced !== id)
      this.restart(id, describeEnd(worker, how), wasRefused && this.alive.size > 0);
  }

  /** @param isRefusal the system has refused a process: the program is not broken, and others serve */
  private restart(id: number, reason: string, isRefusal = false): void {
    const now = Date.now();
    const delay = isRefusal ? this.backOff.countRefusal(now) : this.backOff.countDeath(now);
    if (!isRefusal && this.backOff.isLoop(now)) {
      this.options.warn(`${reason} It was the fifth within 30 seconds, so the program ends.`);
      this.stop({ code: 1 });
      return;
    }
    this.options.warn(`${reason} Another one starts in ${delay / 1000} s.`);
    const start = (): void => {
      this.waiting.delete(id);
      this.current.set(id, this.launch(id));
    };
    this.waiting.set(id, setTimeout(start, delay));
  }

  private queue(job: () => Promise<unknown>): void {
    this.work = this.work.then(() => (this.end === undefined ? job() : undefined));
  }

  /** Starts another worker, and ends the old one when that listens. Returns whether it does. */
  private async replace(id: number): Promise<boolean> {
    if (this.end !== undefined) return false;
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
    this.replaced = id;
    const old = this.current.get(id)!;
    const worker = this.launch(id);
    const hasStarted = await worker.started;
    this.replaced = undefined;
    if (this.end !== undefined) return false;
    if (hasStarted) {
      this.current.set(id, worker);
      // It may have ended before it could be the current one.
      if (worker.hasEnded) this.restart(id, `${describe(worker)} ended as soon as it listened.`);
      old.end(KEEP_ALIVE_MS);
      await old.ended;
      return true;
    }
    this.options.warn(
      `The new worker ${id} did not start, so the old workers remain. ${worker.failure?.text ?? ''}`,
    );
    if (old.hasEnded) this.restart(id, `${describe(old)} has ended meanwhile.`);
    return false;
  }
}

function describe({ id, pid, wasRefused }: WorkerProcess): string {
  return wasRefused ? `Worker ${id}` : `Worker ${id} (process ${pid})`;
}

function describeEnd(worker: WorkerProcess, how: number | NodeJS.Signals): string {
  if (worker.failure !== undefined) return `${describe(worker)} could not start. ${worker.failure.text}`;
  return `${describe(worker)} ended with ${typeof how === 'number' ? `exit code ${how}` : how}.`;
}

function toError({ problems, text }: StartFailure): Error {
  if (problems !== undefined) return new ConfigurationError(problems);
  const [message = ''] = text.split('\n');
  return Object.assign(new Error(message), { stack: text });
}
