import { findAbortTime, isInTime } from '@sluice/core/kit';
import { Timetable } from '../calendar/timetable';
import type { ActiveRun } from './active-run';
import type { RunnerParts } from './runner-parts';
import type { Task } from './task';
import { TaskRunner } from './task-runner';

interface Entry {
  readonly runner: TaskRunner;
  readonly timetable: Timetable;
}

/** The tasks of an application between its start and its end, with one timer for all of them. */
export class Scheduling {
  private readonly runners: readonly TaskRunner[];
  /** Those that run by their schedule; none before the start and after the end. */
  private entries: readonly Entry[] = [];
  private cancel: () => void = () => undefined;

  constructor(
    tasks: readonly Task[],
    private readonly parts: RunnerParts,
  ) {
    this.runners = tasks.map((task) => new TaskRunner(task, parts));
  }

  /** @param isMine whether a task runs in this process by its schedule */
  start(isMine: (task: Task) => boolean): void {
    const runners = this.runners.filter(({ task }) => isMine(task));
    this.entries = runners.map((runner) => ({
      runner,
      timetable: new Timetable(runner.task.schedule, this.parts.clock),
    }));
    this.arm();
    for (const runner of runners) if (runner.task.runOnStart) runner.enter(0);
  }

  /** Finds a task by its class, or by one that its class extends: a provider can have replaced it. */
  find(type: abstract new (...values: never[]) => object, method: string): TaskRunner | undefined {
    const named = this.runners.filter(({ task }) => task.method === method);
    const own = named.find(({ task }) => task.type === type);
    const [below, ...others] = named.filter(({ task }) => task.type.prototype instanceof type);
    return own ?? (others.length === 0 ? below : undefined);
  }

  /** Begins nothing any more, and waits for what runs until the deadline, by `Date.now()`. Shortly before, it aborts it. */
  async stop(deadline: number): Promise<void> {
    this.entries = [];
    this.cancel();
    for (const runner of this.runners) runner.stop();
    const ended = Promise.all(this.activeRuns.map(({ end }) => end));
    if (await isInTime(ended, findAbortTime(deadline))) return;
    const names = this.activeRuns.map(({ task }) => task.name).join(', ');
    this.parts.logger.warn(`The application closes while these tasks run, and aborts them: ${names}`);
    for (const run of this.activeRuns) run.abort('The application is closing.', 'closing');
    await isInTime(ended, deadline);
  }

  private get activeRuns(): readonly ActiveRun[] {
    return this.runners.flatMap((runner) => runner.activeRuns);
  }

  private arm(): void {
    if (this.entries.length === 0) return;
    const wait = Math.min(...this.entries.map(({ timetable }) => timetable.wait));
    this.cancel = this.parts.clock.wait(wait, this.tick);
  }

  private readonly tick = (): void => {
    for (const { runner, timetable } of this.entries) {
      try {
        const due = timetable.take();
        if (due !== undefined) runner.begin(due);
      } catch (error) {
        this.parts.logger.error(error, `The task ${runner.task.name} could not begin`);
      }
    }
    this.arm();
  };
}
