import { ConfigurationError } from '@sluice/core';
import type { WorkerNumbers } from '@sluice/core/kit';
import { Family, type FamilyOptions } from './family';

/** All metrics of one `metrics()`, no two of which have a name in common. */
export class FamilyStore {
  /** The names of all samples. */
  readonly names = new Set<string>();
  private readonly families: Family[] = [];

  /** Throws ConfigurationError if one of its names is taken. */
  add(options: FamilyOptions): Family {
    const family = new Family(options);
    const taken = family.names.find((name) => this.names.has(name));
    if (taken !== undefined) throw new ConfigurationError([describeTaken(options, taken)]);
    for (const name of family.names) this.names.add(name);
    this.families.push(family);
    return family;
  }

  /** The metric of that name, made on first use. */
  find(options: FamilyOptions): Family {
    return this.families.find(({ name }) => name === options.name) ?? this.add(options);
  }

  /** The numbers of this process. */
  list(): WorkerNumbers {
    const series = (isGauge: boolean): WorkerNumbers['gauges'] =>
      Object.fromEntries(
        this.families.flatMap((family) => (family.isGauge === isGauge ? family.list() : [])),
      );
    return { counters: series(false), gauges: series(true) };
  }

  /** The lines of every metric that has a series. */
  format(all: Parameters<Family['format']>[0]): string {
    return this.families.map((family) => family.format(all)).join('');
  }
}

function describeTaken({ type, name }: FamilyOptions, taken: string) {
  return {
    code: 'OPTION_INVALID',
    place: `metrics().${type}(${JSON.stringify(name)})`,
    fault: `There is already a metric with the name ${taken}.`,
    cure: 'Make each metric once, when the program starts, and share it; or choose another name.',
  } as const;
}
