import type { Worker } from 'node:cluster';
import { WORKER_VARIABLE, type StartedInfo } from '../configuration/worker-info';
import { forkProcess } from './fork-process';
import type { HandedConnections } from './handed-connections';
import { onChannelEnd } from './on-channel-end';
import {
  isWorkerMessage,
  type NumbersReport,
  type Readiness,
  type StartFailure,
  type WorkerOrder,
  type WorkerReport,
} from './worker-message';

/** A worker that has not ended after so many milliseconds is killed. */
const KILL_AFTER_MS = 30_000;

/** Receives the events of a worker. */
export interface WorkerEvents {
  onReady(worker: WorkerProcess, readiness: Readiness): void;
  onLarge(worker: WorkerProcess, megabytes: number): void;
  onNumbers(worker: WorkerProcess, report: NumbersReport): void;
  /** Nothing more comes from it. It may end before or after this. */
  onDisconnect(worker: WorkerProcess): void;
  onExit(worker: WorkerProcess, how: number | NodeJS.Signals): void;
}

/** One process of the program, as its supervisor sees it. */
export class WorkerProcess {
  readonly id: number;
  /** 0 if the system has refused the process. */
  readonly pid: number;
  /** Resolves with whether it listens, or false when it has ended before. */
  readonly started: Promise<boolean>;
  readonly ended: Promise<void>;
  /** It listens, or has listened. */
  isReady = false;
  hasEnded = false;
  wasAsked = false;
  /** Set if it is known why it cannot start. */
  failure: StartFailure | undefined;
  private readonly worker: Worker | undefined;
  private killTimer: NodeJS.Timeout | undefined;
  private reportStart!: (listens: boolean) => void;
  private reportEnd!: () => void;

  /** Starts the program once more. */
  constructor(info: StartedInfo, events: WorkerEvents, connections: HandedConnections) {
    this.id = info.id;
    this.started = new Promise((resolve) => (this.reportStart = resolve));
    this.ended = new Promise((resolve) => (this.reportEnd = resolve));
    const forked = forkProcess({ [WORKER_VARIABLE]: `${info.id}/${info.count}/${info.port}` });
    if (forked instanceof Promise) {
      this.pid = 0;
      void forked.then(({ message }) => {
        this.failure = { problems: undefined, text: `The system refused its process: ${message}.` };
        this.finish(1, events);
      });
      return;
    }
    this.worker = forked;
    this.pid = forked.process.pid!;
    connections.watch(forked.process);
    this.follow(forked, events);
  }

  private follow(worker: Worker, events: WorkerEvents): void {
    worker.on('message', (message: unknown) => {
      if (!isWorkerMessage(message)) return;
      const report = message as WorkerReport;
      if (report.sluice === 'failed') this.failure = report;
      if (report.sluice === 'numbers') events.onNumbers(this, report);
      if (report.sluice === 'large') events.onLarge(this, report.megabytes);
      if (report.sluice !== 'ready') return;
      this.isReady = true;
      this.reportStart(true);
      events.onReady(this, report);
    });
    worker.process.once('exit', (code, signal) => this.finish(code ?? signal ?? 1, events));
    onChannelEnd(worker.process, () => events.onDisconnect(this));
    // A message to a worker that has just ended is lost, which does no harm.
    worker.on('error', () => undefined);
  }

  private finish(how: number | NodeJS.Signals, events: WorkerEvents): void {
    this.hasEnded = true;
    clearTimeout(this.killTimer);
    this.reportStart(false);
    this.reportEnd();
    events.onExit(this, how);
  }

  /** Whether the system has refused its process. */
  get wasRefused(): boolean {
    return this.worker === undefined;
  }

  /** Whether it is asked for its numbers: it listens, and can answer. */
  get isAsked(): boolean {
    return this.isReady && this.worker?.process.connected === true;
  }

  /** Its output, if it has a process. */
  get output(): Pick<Worker['process'], 'stdout' | 'stderr'> | undefined {
    return this.worker?.process;
  }

  /**
   * Asks it to stop listening, to finish its requests and to end; kills it if it does not.
   *
   * @param keepAliveMs milliseconds that its connections stay open for one more request
   */
  end(keepAliveMs: number): void {
    if (this.wasAsked || this.hasEnded) return;
    this.wasAsked = true;
    const child = this.worker?.process;
    if (child?.connected) this.send({ sluice: 'end', keepAliveMs });
    else child?.kill('SIGTERM');
    this.killTimer = setTimeout(() => this.kill(), KILL_AFTER_MS + keepAliveMs);
  }

  /** Sends an order, unless its channel has closed. */
  send(order: WorkerOrder): void {
    const child = this.worker?.process;
    if (child?.connected) child.send(order, () => undefined);
  }

  kill(): void {
    this.wasAsked = true;
    this.worker?.process.kill('SIGKILL');
  }
}
