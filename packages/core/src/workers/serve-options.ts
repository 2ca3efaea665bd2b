import {
  checkOptions,
  hasMethodsOption,
  isFunctionOption,
  isIntegerOption,
  type OptionRule,
} from '../configuration/check-options';
import type { Logger } from '../http/logger';
import type { ListenOptions } from '../engine/listen-options';

/** A worker process, for `onWorkerStart`. */
export interface StartedWorker {
  /** 1 to the number of workers; a process that replaces another one has its number. */
  readonly id: number;
  readonly pid: number;
}

/** A worker process that has ended, for `onWorkerExit`. */
export interface EndedWorker extends StartedWorker {
  /** 0 if the system has refused the process. */
  readonly pid: number;
  /** Its exit code, or the signal that ended it. */
  readonly how: number | NodeJS.Signals;
  /** The supervisor asked it to end: for a replacement, or because the program ends. */
  readonly wasAsked: boolean;
}

/** The options of `serve` that `app.listen` does not have. */
export interface WorkerOptions {
  /**
   * How many processes share the port; `auto` is one for each core that the program may use. With `auto`, and without
   * this option, the environment variable SLUICE_WORKERS counts. Default 1.
   */
  readonly workers?: number | 'auto';
  /** Megabytes of memory (RSS) above which a worker is replaced by a new one. Default: no limit. */
  readonly maxMemoryMb?: number;
  /** Called in the supervisor when a worker listens. */
  readonly onWorkerStart?: (worker: StartedWorker) => void;
  /** Called in the supervisor when a worker has ended. */
  readonly onWorkerExit?: (worker: EndedWorker) => void;
  /** For the messages of the supervisor. Default `console`. */
  readonly logger?: Logger;
}

/** The options of `serve`. */
export interface ServeOptions extends Omit<ListenOptions, 'handleSignals'>, WorkerOptions {}

const isCount: OptionRule = (value) =>
  value === 'auto' || isIntegerOption(1, 999)(value) === undefined
    ? undefined
    : "must be 'auto' or a whole number from 1 to 999";

/**
 * Checks the options for workers, and separates them from those of `listen`, which `listen` checks.
 *
 * @throws ConfigurationError OPTION_INVALID
 */
export function splitServeOptions(options: ServeOptions): {
  readonly forWorkers: WorkerOptions;
  readonly forListen: ListenOptions;
} {
  const { workers, maxMemoryMb, onWorkerStart, onWorkerExit, logger, ...forListen } = options;
  const given = { workers, maxMemoryMb, onWorkerStart, onWorkerExit, logger };
  checkOptions('serve', given, {
    workers: isCount,
    maxMemoryMb: isIntegerOption(1),
    onWorkerStart: isFunctionOption,
    onWorkerExit: isFunctionOption,
    logger: hasMethodsOption('info', 'warn', 'error'),
  });
  return { forWorkers: given as WorkerOptions, forListen };
}
