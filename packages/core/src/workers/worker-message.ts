import type { Address } from '../engine/listen-options';
import type { ConfigurationProblem } from '../configuration/configuration-error';

/** The place where a worker listens. */
export interface Readiness {
  readonly address: Address;
  /** The kernel distributes the connections (SO_REUSEPORT). */
  readonly usesReusePort: boolean;
}

/** Why a worker cannot start. */
export interface StartFailure {
  /** Those of a ConfigurationError. */
  readonly problems: readonly ConfigurationProblem[] | undefined;
  /** The text of the error, for the log. */
  readonly text: string;
}

/** A report of a worker to its supervisor. */
export type WorkerReport =
  | ({ readonly sluice: 'ready' } & Readiness)
  | ({ readonly sluice: 'failed' } & StartFailure)
  | { readonly sluice: 'large'; readonly megabytes: number };

/** An order of a supervisor to a worker. */
export interface WorkerOrder {
  readonly sluice: 'end';
  /** Milliseconds that connections stay open for one more request, because another worker takes the new ones. */
  readonly keepAliveMs: number;
}

/** Whether a message is one of these. Others are those of the program. */
export function isWorkerMessage(message: unknown): message is WorkerReport | WorkerOrder {
  return typeof message === 'object' && message !== null && 'sluice' in message;
}
