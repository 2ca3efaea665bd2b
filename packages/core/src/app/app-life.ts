import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import { formatThrown } from '../configuration/format-thrown';
import type { Logger } from '../http/logger';
import { isPromise } from '../http/maybe-promise';
import type { InstanceSource } from '../container/container';
import { readLife, type Life, type LifeStep } from '../plan/read/read-life';

/** What begins before an application answers and ends after it has: in the order of dependency, and back. */
export class AppLife {
  /** Of all that was made, in the order in which it was: what depends on something comes after it. */
  private readonly lives: Life[] = [];
  /** Of mounted applications. */
  private readonly inner: Life[] = [];
  /** What has started, the last first. */
  private readonly started: Life[] = [];
  /** The application's own: it starts last and stops first. */
  private readonly own: Life;
  private readCount = 0;
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly source: InstanceSource,
    private readonly logger: Logger,
    own: { readonly onStart: (() => unknown) | undefined; readonly onStop: (() => unknown) | undefined },
  ) {
    const { onStart, onStop } = own;
    this.own = {
      starts: onStart ? [{ place: 'createApp, onStart', run: onStart }] : [],
      stops: onStop ? [{ place: 'createApp, onStop', run: onStop }] : [],
      disposal: undefined,
    };
  }

  /** Starts all that was made and has not started. Throws ConfigurationError START_FAILED, with all stopped again. */
  start(): Promise<void> {
    return (this.starting ??= this.startAll());
  }

  /** More may be made before the next start. */
  expectMore(): void {
    this.starting = undefined;
  }

  /** Stops all that has started and disposes of all that was made; what fails or is late (milliseconds) is logged. */
  stop(timeoutMs: number): Promise<void> {
    return (this.stopping ??= this.finishStarting(timeoutMs).then(() => this.stopAll(timeoutMs)));
  }

  /** Another application's life between what was made here and the application's own. */
  include(path: string, inner: AppLife): void {
    const stop = {
      place: `app.mount(${JSON.stringify(path)})`,
      run: () => inner.stop(STOP_AFTER_FAILURE_MS),
    };
    this.inner.push({
      starts: [{ place: stop.place, run: () => inner.start() }],
      stops: [stop],
      disposal: stop,
    });
  }

  private async startAll(): Promise<void> {
    const isFirst = !this.started.includes(this.own);
    for (const life of isFirst ? [...this.readNew(), ...this.inner, this.own] : this.readNew()) {
      if (this.stopping !== undefined) return;
      await this.startOne(life);
    }
  }

  private async startOne(life: Life): Promise<void> {
    for (const { place, run } of life.starts) {
      try {
        await run();
      } catch (error) {
        await (this.stopping ??= this.stopAll(STOP_AFTER_FAILURE_MS));
        if (error instanceof ConfigurationError) throw error;
        throw new ConfigurationError([describeFailure(place, error)]);
      }
    }
    this.started.unshift(life);
  }

  /** Closing while it starts: what starts is let finish, so that it can be stopped. */
  private async finishStarting(timeoutMs: number): Promise<void> {
    const { starting } = this;
    if (starting === undefined) return;
    const settled = starting.catch(() => undefined);
    await this.runStep({ place: 'What starts', run: () => settled }, Date.now() + timeoutMs);
  }

  private async stopAll(timeoutMs: number): Promise<void> {
    this.readNew();
    const deadline = Date.now() + timeoutMs;
    const disposals = [...this.lives, ...this.inner].reverse().flatMap(({ disposal }) => disposal ?? []);
    for (const step of [...this.started.flatMap(({ stops }) => stops), ...disposals])
      await this.runStep(step, deadline);
  }

  /** Past the deadline a step is still begun, and not waited for. Never rejects. */
  private async runStep({ place, run }: LifeStep, deadline: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const running = run();
      if (!isPromise(running)) return;
      const late = new Promise<typeof LATE>((resolve) => {
        timer = setTimeout(() => resolve(LATE), Math.max(0, deadline - Date.now()));
      });
      if ((await Promise.race([running, late])) === LATE)
        this.logger.warn(`${place} has not come to an end in time`);
    } catch (error) {
      this.logger.error(error, `${place} failed while the application was closed`);
    } finally {
      clearTimeout(timer);
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
const LATE = Symbol('late');

function describeFailure(place: string, error: unknown): ConfigurationProblem {
  const fault = `It failed while the application started: ${formatThrown(error)}`;
  const cure = 'Mend what it needs. What had started was stopped again, and the application is closed.';
  return { code: 'START_FAILED', place, fault, cure };
}
