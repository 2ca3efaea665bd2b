import type { Address } from '../engine/listen-options';
import type { ConfigurationProblem } from '../configuration/configuration-error';
import type { SharedNumbers, WorkerNumbers } from './shared-numbers';

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

/** The numbers of a worker under one topic. */
export interface NumbersReport {
  readonly sluice: 'numbers';
  readonly topic: string;
  /** `null` if it does not share the topic, or cannot read them. */
  readonly numbers: WorkerNumbers | null;
  /** The number of the question that they answer. */
  readonly answers?: number;
  /** It asks for the sums, with a question of this number. */
  readonly asks?: number;
}

/** A report of a worker to its supervisor. */
export type WorkerReport =
  | NumbersReport
  | ({ readonly sluice: 'ready' } & Readiness)
  | ({ readonly sluice: 'failed' } & StartFailure)
  | { readonly sluice: 'large'; readonly megabytes: number };

/** An order of a supervisor to a worker, or its answer. */
export type WorkerOrder =
  | {
      readonly sluice: 'end';
      /** Milliseconds that connections stay open for one more request, because another worker takes the new ones. */
      readonly keepAliveMs: number;
    }
  | { readonly sluice: 'read'; readonly topic: string; readonly asks: number }
  | {
      readonly sluice: 'sums';
      readonly topic: string;
      readonly answers: number;
      readonly numbers: SharedNumbers;
    };

/** Whether a message is one of these. Others are those of the program. */
export function isWorkerMessage(message: unknown): message is WorkerReport | WorkerOrder {
  return typeof message === 'object' && message !== null && 'sluice' in message;
}
