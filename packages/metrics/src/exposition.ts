import type { Logger } from '@sluice/core';
import { shareAmongWorkers, type SharedNumbers, type WorkerNumbers } from '@sluice/core/kit';
import { groupSeries } from './family';
import type { FamilyStore } from './family-store';
import type { ForeignNumbers } from './foreign-numbers';

/** The same in every worker, because all of them run the same program. */
let made = 0;

/** The text of all metrics, with the numbers of all workers. */
export class Exposition {
  private readonly readAll: () => Promise<SharedNumbers>;
  private readonly logged = new Set<string>();

  /** @param update reads the numbers that are not counted */
  constructor(
    private readonly store: FamilyStore,
    private readonly foreign: ForeignNumbers,
    private readonly update: (() => void) | undefined,
  ) {
    this.readAll = shareAmongWorkers(`metrics ${++made}`, () => this.readOwn());
  }

  /** Rejects when the supervisor of the workers does not answer. */
  async read(logger?: Logger): Promise<string> {
    const { counters, gauges } = await this.readAll();
    for (const problem of this.foreign.problems) {
      if (logger !== undefined && !this.logged.has(problem)) logger.warn(problem);
      this.logged.add(problem);
    }
    const all = groupSeries([counters, ...gauges.map(({ values }) => values)]);
    return this.store.format(all) + this.foreign.format(all);
  }

  private readOwn(): WorkerNumbers | Promise<WorkerNumbers> {
    if (this.foreign.isEmpty) return this.list();
    return this.foreign.read().then((more) => {
      const own = this.list();
      return {
        counters: { ...own.counters, ...more.counters },
        gauges: { ...own.gauges, ...more.gauges },
      };
    });
  }

  private list(): WorkerNumbers {
    this.update?.();
    return this.store.list();
  }
}
