import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import { formatThrown } from '../configuration/format-thrown';
import { isInTime } from '../http/calls/is-in-time';
import type { Logger } from '../http/logger';
import { isPromise } from '../http/maybe-promise';
import type { InstanceSource } from '../container/container';
import { readLife, type Life, type LifeStep } from '../plan/read/read-life';

/** The functions of an application that run when it starts and when it stops. */
export interface AppHooks {
  readonly onStart: (() => unknown) | undefined;
  readonly onStop: (() => unknown) | undefined;
}

/** The options of `app.close`. */
export interface CloseOptions {
  /** Milliseconds to wait for the requests, and again for the stop functions; default 10000. */
  readonly timeoutMs?: number;
  /** Milliseconds that connections stay open before that, each for one more request; default 0. */
  readonly keepAliveMs?: number;
}

/** Runs the start and stop functions of an application and its dependencies: dependencies start first and stop last. */
export class AppLife {
  /** Those of all instances, in the order in which they were made: a dependency comes before its dependents. */
  private readonly lives: Life[] = [];
  /** Those of mounted applications. */
  private readonly inner: Life[] = [];
  /** That of the application that this one is mounted in. */
  private outer: AppLife | undefined;
  /** Those that have started, the last one first. */
  private readonly started: Life[] = [];
  /** The hooks of the application, which start last and stop first. */
  private readonly own: Life;
  private readCount = 0;
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;
  /** From now on, each step is stopped as soon as it has started: it took longer than `stop` waits. */
  private isStopped = false;

  constructor(
    private readonly source: InstanceSource,
    private readonly logger: Logger,
    { onStart, onStop }: AppHooks,
    /** They start after everything else, and before the hooks of the application. */
    private readonly services: readonly Life[] = [],
  ) {
    this.own = {
      starts: onStart ? [{ place: 'createApp, onStart', run: onStart }] : [],
      stops: onStop ? [{ place: 'createApp, onStop', run: onStop }] : [],
      disposal: undefined,
    };
  }

  /** Starts every instance that has not started. If one fails, it stops all and throws ConfigurationError START_FAILED. */
  start(): Promise<void> {
    return (this.starting ??= this.startAll());
  }

  /** Instances may be made after this call, and the next `start` starts them. */
  expectMore(): void {
    this.starting = undefined;
  }

  /** Stops everything that has started and disposes of every instance. Failures, and steps that take longer than the timeout, are logged. */
  stop(timeoutMs: number): Promise<void> {
    return (this.stopping ??= this.finishStarting(timeoutMs).then(() => this.stopAll(timeoutMs)));
  }

  /** Starts a mounted application after the instances of this one, and before its hooks. */
  include(path: string, inner: AppLife): void {
    const stop: LifeStep = {
      place: `app.mount(${JSON.stringify(path)})`,
      run: (deadline) => inner.stop(Math.max(0, deadline - Date.now())),
    };
    inner.outer = this;
    this.inner.push({
      starts: [{ place: stop.place, run: () => inner.start() }],
      stops: [stop],
      disposal: stop,
    });
  }

  /** A mounted application also starts nothing more when the outer one closes. */
  private get isStopping(): boolean {
    return this.stopping !== undefined || this.outer?.isStopping === true;
  }

  private async startAll(): Promise<void> {
    const others = [...this.inner, ...this.services, this.own].filter((life) => !this.started.includes(life));
    for (const life of [...this.readNew(), ...others]) {
      if (this.isStopping) return;
      await this.startOne(life);
    }
  }

  private async startOne(life: Life): Promise<void> {
    for (const { place, run } of life.starts) {
      try {
        await run(Infinity);
      } catch (error) {
        await (this.stopping ??= this.stopAll(STOP_AFTER_FAILURE_MS));
        if (error instanceof ConfigurationError) throw error;
        throw new ConfigurationError([describeFailure(place, error)]);
      }
    }
    if (!this.isStopped) this.started.unshift(life);
    else await this.stopEach(life.stops, Date.now() + STOP_AFTER_FAILURE_MS);
  }

  /** A step that is starting may finish, so that it can be stopped. */
  private async finishStarting(timeoutMs: number): Promise<void> {
    const { starting } = this;
    if (starting === undefined) return;
    const ended = starting.catch(() => undefined);
    await this.runStep({ place: 'The start of the application', run: () => ended }, Date.now() + timeoutMs);
  }

  private async stopAll(timeoutMs: number): Promise<void> {
    this.readNew();
    this.isStopped = true;
    const disposals = [...this.lives, ...this.inner].reverse().flatMap(({ disposal }) => disposal ?? []);
    const stops = this.started.flatMap((life) => life.stops);
    await this.stopEach([...stops, ...disposals], Date.now() + timeoutMs);
  }

  private async stopEach(steps: readonly LifeStep[], deadline: number): Promise<void> {
    for (const step of steps) await this.runStep(step, deadline);
  }

  /** After the deadline a step still runs, but nothing waits for it. Never rejects. */
  private async runStep({ place, run }: LifeStep, deadline: number): Promise<void> {
    try {
      const running = run(deadline);
      if (isPromise(running) && !(await isInTime(running, deadline)))
        this.logger.warn(`${place} did not finish in time`);
    } catch (error) {
      this.logger.error(error, `${place} failed while the application was closing`);
    }
  }

  private readNew(): readonly Life[] {
    const { made } = this.source;
    const found = made.slice(this.readCount).flatMap((one) => readLife(one) ?? []);
    this.readCount = made.length;
    this.lives.push(...found);
    return found;
  }
}

const STOP_AFTER_FAILURE_MS = 10_000;

/** Describes the failure of something that runs when an application starts. */
export function describeFailure(place: string, error: unknown): ConfigurationProblem {
  const fault = `It failed when the application started: ${formatThrown(error)}`;
  const cure =
    'Fix the cause and start again. Everything that had started was stopped, and the application is closed.';
  return { code: 'START_FAILED', place, fault, cure };
}
