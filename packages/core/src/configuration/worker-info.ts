/** One of the processes that `serve` runs of a program. */
export interface WorkerInfo {
  /** 1 to `count`. A worker that replaces another one has its number. */
  readonly id: number;
  /** How many workers the program has; 1 where it is a single process. */
  readonly count: number;
}

/** In the environment of a worker: its number, the count, and the port that the supervisor has chosen: `2/4/8000`. */
export const WORKER_VARIABLE = 'SLUICE_WORKER';
const SINGLE: WorkerInfo = Object.freeze({ id: 1, count: 1 });
/** Process-wide, so that a second copy of this package does not take a worker for a program that starts workers. */
const KEPT = Symbol.for('sluice:worker');

/** A worker, with what only `serve` needs. */
export interface StartedInfo extends WorkerInfo {
  readonly port: number;
}

type Global = typeof globalThis & { [KEPT]?: StartedInfo | undefined };

/** The worker that this process is; undefined if no supervisor started it. */
export function findWorker(): StartedInfo | undefined {
  const kept = globalThis as Global;
  const mark = process.env[WORKER_VARIABLE];
  if (mark !== undefined && kept[KEPT] === undefined) {
    const [id = 0, count = 0, port = 0] = mark.split('/').map(Number);
    // A program that the worker starts is not a worker.
    delete process.env[WORKER_VARIABLE];
    if (id > 0 && count > 0) kept[KEPT] = Object.freeze({ id, count, port });
  }
  return kept[KEPT];
}

/** The worker that this process is, or the only process of its program. */
export function describeWorker(): WorkerInfo {
  const worker = findWorker();
  return worker === undefined ? SINGLE : { id: worker.id, count: worker.count };
}

findWorker();
