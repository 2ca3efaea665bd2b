import type { Provider } from '../../container/container';
import type { WorkerInfo } from '../../configuration/worker-info';
import type { AppState } from '../../http/app-state';
import type { Class } from '../../http/class';
import type { Logger } from '../../http/logger';
import type { Token } from '../../http/token';
import type { WorkPlan } from '../plan';

/** The parts of an application that its services may use. */
export interface ServiceApp {
  readonly logger: Logger;
  readonly state: AppState;
  /** Which process of the program this is. */
  readonly worker: WorkerInfo;
  /** Whether mistakes of the program are looked for while it runs. */
  readonly development: boolean;
  /** The instance of a class or token. Throws ConfigurationError, or Error for one of a request. */
  get<T>(token: Token<T>): T;
}

/** A method with a decorator of the service, on an instance of the container. */
export interface WorkMethod<O = unknown> {
  readonly type: Class;
  readonly method: string;
  /** `Reports.nightly`, for messages and the plan. */
  readonly place: string;
  /** As it is written: `@Cron`. */
  readonly decorator: string;
  /** The arguments of the decorator. */
  readonly options: O;
  /** The types that the compiler emitted for its parameters; undefined if it emitted none. */
  readonly parameterTypes: readonly unknown[] | undefined;
  /** Calls it on its instance. */
  call(...values: unknown[]): unknown;
}

/**
 * Does something other than answering requests, while the application lives: runs methods on a schedule, takes jobs from
 * a queue, or listens elsewhere.
 *
 * @example { name: 'ticker', start: () => ticker.start(), stop: () => ticker.stop() }
 */
export interface Service {
  /** The name in the plan and in the logs, by which decorators name the service that runs their methods. */
  readonly name: string;
  /** The resolved options, which can be printed. They must not contain secrets. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Added to the providers of the application, which can replace them. Another container has its own. */
  readonly providers?: readonly Provider[];
  /**
   * Gets the methods that have its decorators, at start-up, and returns the rows of the plan for them. It is called again
   * when the application is changed; the last call counts. It must start nothing. Throws ConfigurationError.
   */
  prepare?(methods: readonly WorkMethod[]): readonly WorkPlan[];
  /** Runs when everything with `@OnStart` has started, before the application listens. Errors are START_FAILED. */
  start?(app: ServiceApp): unknown;
  /**
   * Runs after the last request when the application closes, before anything with `@OnStop`. Nothing waits for it after
   * the deadline, which is a time as that of `Date.now()`.
   */
  stop?(deadline: number): unknown;
}
