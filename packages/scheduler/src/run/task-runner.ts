import { MOST_COUNTED, type Due } from '../calendar/timetable';
import { waitFully } from '../clock/clock';
import { ActiveRun } from './active-run';
import type { RunnerParts } from './runner-parts';
import type { Task } from './task';
import { TaskBusy } from './task-run';

/** A run that begins later than this was missed, for tasks that then do without it. */
const MISSED_AFTER_MS = 10_000;
/** A queued run asks so often whether the run in another process has ended. */
const ASK_AGAIN_MS = 1000;

/** Runs one task: when its time has come, unless another run of it is under way, and never after it was stopped. */
export class TaskRunner {
  private readonly active = new Set<ActiveRun>();
  /** The functions that prevent what waits for its jitter, or for another process. */
  private readonly waits = new Set<() => void>();
  /** The instant that runs after the present run. */
  private queued: number | undefined;
  private hasLoggedOverlap = false;
  /** Whether a queued run waits for another process. */
  private isAsking = false;
  private isStopped = false;

  constructor(
    readonly task: Task,
    private readonly parts: RunnerParts,
  ) {}

  get activeRuns(): readonly ActiveRun[] {
    return [...this.active];
  }

  /** An instant has come. */
  begin({ instant, lateMs, missed }: Due): void {
    const { name, missed: policy, jitterMs } = this.task;
    const { logger } = this.parts;
    const isSkipped = policy === 'skip' && lateMs > MISSED_AFTER_MS;
    const count = missed + (isSkipped ? 1 : 0);
    if (count > 0) {
      const runs =
        missed === MOST_COUNTED ? `${missed} runs or more` : count === 1 ? '1 run' : `${count} runs`;
      const rest = isSkipped
        ? `, the last one of ${format(instant)}, and does not make up for it`
        : ` before that of ${format(instant)}, which begins now`;
      logger.warn(`The task ${name} missed ${runs}${rest}`);
    }
    if (isSkipped) return;
    this.later(jitterMs === 0 ? 0 : Math.floor(Math.random() * (jitterMs + 1)), () => this.enter(instant));
  }

  /** Runs at once, and returns the result. */
  async runNow(): Promise<unknown> {
    const { name, overlap } = this.task;
    if (this.isStopped) throw new TaskBusy(`The application is closing, so ${name} does not run.`);
    if (overlap !== 'allow' && this.active.size > 0) throw new TaskBusy(`${name} is running.`);
    const { end } = this.start(0);
    const outcome = await end;
    if (outcome.kind === 'refused') throw new TaskBusy(`${name} does not run: ${REFUSALS[outcome.why]}.`);
    if (outcome.kind === 'failed') throw outcome.error;
    return outcome.value;
  }

  /** Nothing begins any more. */
  stop(): void {
    this.isStopped = true;
    this.queued = undefined;
    for (const cancel of this.waits) cancel();
    this.waits.clear();
  }

  /** Begins the run of an instant, or leaves it out, or queues it. */
  enter(instant: number): void {
    if (this.isStopped) return;
    const { overlap, name } = this.task;
    if (this.active.size > 0 && overlap !== 'allow') {
      if (overlap === 'queue' && this.queued === undefined) this.queued = instant;
      else this.logOverlap(name, instant);
      return;
    }
    void this.start(instant).end.then((outcome) => {
      if (outcome.kind === 'refused' && outcome.why === 'held') this.waitForOthers(instant);
    });
  }

  private start(instant: number): ActiveRun {
    const run = new ActiveRun(this.task, instant, this.parts);
    this.active.add(run);
    this.parts.clock.follow?.(run.end);
    void run.end.then(() => {
      this.active.delete(run);
      if (this.active.size > 0) return;
      this.hasLoggedOverlap = false;
      const next = this.queued;
      this.queued = undefined;
      if (next !== undefined) this.enter(next);
    });
    return run;
  }

  /** A queued run waits for the run in another process, too. If one waits already, the new one is left out. */
  private waitForOthers(instant: number): void {
    if (this.task.overlap !== 'queue' || this.isAsking) return;
    this.isAsking = true;
    this.later(ASK_AGAIN_MS, () => {
      this.isAsking = false;
      this.enter(instant);
    });
  }

  private later(ms: number, act: () => void): void {
    if (ms === 0) return act();
    if (this.isStopped) return;
    const cancel = waitFully(this.parts.clock, ms, () => {
      this.waits.delete(cancel);
      act();
    });
    this.waits.add(cancel);
  }

  /** Once while a run lasts: a task of every second would fill the log. */
  private logOverlap(name: string, instant: number): void {
    if (this.hasLoggedOverlap) return;
    this.hasLoggedOverlap = true;
    const { logger } = this.parts;
    logger.warn(
      `The task ${name} is still running, so its run of ${format(instant)} is skipped, and others until it ends`,
    );
  }
}

const REFUSALS = {
  held: 'it is running in another process',
  done: 'its instant has run',
  ahead: 'the clock of this machine is wrong',
  unreachable: 'its lock failed',
  closing: 'the application is closing',
};

function format(instant: number): string {
  return new Date(instant).toISOString();
}
