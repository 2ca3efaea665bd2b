import cluster, { type Worker } from 'node:cluster';
import { WORKER_VARIABLE, type StartedInfo } from '../configuration/worker-info';
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
  readonly pid: number;
  /** Resolves with whether it listens, or false when it has ended before. */
  readonly started: Promise<boolean>;
  readonly ended: Promise<void>;
  /** It listens, or has listened. */
  isReady = false;
  hasEnded = false;
  wasAsked = false;
  /** Set if it has reported why it cannot start. */
  failure: StartFailure | undefined;
  private readonly worker: Worker;
  private killTimer: NodeJS.Timeout | undefined;

  /** Starts the program once more. */
  constructor(info: StartedInfo, events: WorkerEvents, connections: HandedConnections) {
    this.id = info.id;
    this.worker = cluster.fork({ [WORKER_VARIABLE]: `${info.id}/${info.count}/${info.port}` });
    const { process: child } = this.worker;
    connections.watch(child);
    this.pid = child.pid ?? 0;
    this.started = new Promise((resolve) => {
      this.worker.on('message', (message: unknown) => {
        if (!isWorkerMessage(message)) return;
        const report = message as WorkerReport;
        if (report.sluice === 'failed') this.failure = report;
        if (report.sluice === 'numbers') events.onNumbers(this, report);
        if (report.sluice === 'large') events.onLarge(this, report.megabytes);
        if (report.sluice !== 'ready') return;
        this.isReady = true;
        resolve(true);
        events.onReady(this, report);
      });
      child.once('exit', () => resolve(false));
    });
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.hasEnded = true;
        clearTimeout(this.killTimer);
        resolve();
        events.onExit(this, code ?? signal ?? 1);
      });
    });
    onChannelEnd(child, () => events.onDisconnect(this));
    // A message to a worker that has just ended is lost, which does no harm.
    this.worker.on('error', () => undefined);
  }

  /** Whether it is asked for its numbers: it listens, and can answer. */
  get isAsked(): boolean {
    return this.isReady && this.worker.process.connected;
  }

  get output(): Pick<Worker['process'], 'stdout' | 'stderr'> {
    return this.worker.process;
  }

  /**
   * Asks it to stop listening, to finish its requests and to end; kills it if it does not.
   *
   * @param keepAliveMs milliseconds that its connections stay open for one more request
   */
  end(keepAliveMs: number): void {
    if (this.wasAsked || this.hasEnded) return;
    this.wasAsked = true;
    const { process: child } = this.worker;
    if (child.connected) this.send({ sluice: 'end', keepAliveMs });
    else child.kill('SIGTERM');
    this.killTimer = setTimeout(() => this.kill(), KILL_AFTER_MS + keepAliveMs);
  }

  /** Sends an order, unless its channel has closed. */
  send(order: WorkerOrder): void {
    const { process: child } = this.worker;
    if (child.connected) child.send(order, () => undefined);
  }

  kill(): void {
    this.wasAsked = true;
    this.worker.process.kill('SIGKILL');
  }
}
