import type { Series } from '@sluice/core/kit';
import { formatHead, formatNumber, formatSample } from './format-text';

/** How the gauges of several workers become one. */
export type Combine = 'sum' | 'max' | 'min';

/** The description of a metric. */
export interface FamilyOptions {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** The upper bounds of a histogram, ascending. */
  readonly bounds?: readonly number[];
  readonly combine?: Combine;
  /** The most series that it may have. */
  readonly maxSeries: number;
}

/** The series of a label set that came when there was no room for more: the name is that of OpenTelemetry. */
export const OVERFLOW = 'otel_metric_overflow="true"';

/**
 * One metric: its series by their labels, each an array that observations add to. That of a histogram has the count of
 * each bucket, that of the values above all bounds, and the sum of the values.
 */
export class Family {
  readonly name: string;
  readonly bounds: readonly number[];
  private readonly series = new Map<string, Float64Array>();
  /** The name among the numbers of all workers. Buckets of other bounds cannot be added to these. */
  private readonly id: string;

  constructor(private readonly options: FamilyOptions) {
    this.name = options.name;
    this.bounds = options.bounds ?? [];
    this.id = options.type === 'histogram' ? `${this.name}:${this.bounds.join()}` : this.name;
  }

  get isGauge(): boolean {
    return this.options.type === 'gauge';
  }

  /** The names of its samples, which no other metric may have. */
  get names(): readonly string[] {
    const { name } = this;
    if (this.options.type !== 'histogram') return [name];
    return [name, `${name}_bucket`, `${name}_count`, `${name}_sum`];
  }

  /** The numbers of one label set, such as `a="b",c="d"`, made on first use. */
  open(labels: string): Float64Array {
    const known = this.series.get(labels);
    if (known !== undefined) return known;
    if (this.series.size >= this.options.maxSeries && labels !== OVERFLOW) return this.open(OVERFLOW);
    const size = this.options.type === 'histogram' ? this.bounds.length + 2 : 1;
    const values = new Float64Array(size);
    this.series.set(labels, values);
    return values;
  }

  /** Its numbers in this process, for those of all. */
  list(): [string, number[]][] {
    return Array.from(this.series, ([labels, values]) => [`${this.id}{${labels}}`, Array.from(values)]);
  }

  /** Its lines; empty where it has no series. */
  format(all: ReadonlyMap<string, readonly [labels: string, values: readonly number[]][]>): string {
    const found = all.get(this.id) ?? [];
    if (found.length === 0) return '';
    const { type, help } = this.options;
    const lines =
      type === 'histogram'
        ? found.map(([labels, values]) => this.formatHistogram(labels, values))
        : this.combine(found).map(([labels, value]) => formatSample(this.name, labels, value));
    return formatHead(this.name, type, help) + lines.join('');
  }

  /** The series of several workers that have the same labels, as one; those of a counter come as sums. */
  private combine(found: readonly (readonly [string, readonly number[]])[]): [string, number][] {
    const { combine = 'sum' } = this.options;
    const values = new Map<string, number>();
    for (const [labels, [value = 0]] of found) {
      const before = values.get(labels);
      if (before === undefined) values.set(labels, value);
      else values.set(labels, combine === 'sum' ? before + value : Math[combine](before, value));
    }
    return [...values];
  }

  private formatHistogram(labels: string, values: readonly number[]): string {
    const { name, bounds } = this;
    const first = labels === '' ? '' : `${labels},`;
    let count = 0;
    let text = '';
    for (const [index, bound] of [...bounds, Infinity].entries()) {
      count += values[index] ?? 0;
      text += formatSample(`${name}_bucket`, `${first}le="${formatNumber(bound)}"`, count);
    }
    const sum = values[bounds.length + 1] ?? 0;
    return text + formatSample(`${name}_sum`, labels, sum) + formatSample(`${name}_count`, labels, count);
  }
}

/** Adds a value to a histogram. Most values belong to the first bucket. */
export function observe(values: Float64Array, bounds: readonly number[], value: number): void {
  const at = value <= bounds[0]! ? 0 : findBucket(bounds, value);
  values[at]! += 1;
  values[bounds.length + 1]! += value;
}

/** The first bound that is not below the value; that of a value above all of them is the count of the bounds. */
function findBucket(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= bounds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The series of all workers by the metric that they belong to. */
export function groupSeries(
  series: readonly Series[],
): Map<string, [labels: string, values: readonly number[]][]> {
  const groups = new Map<string, [string, readonly number[]][]>();
  for (const [key, values] of series.flatMap((one) => Object.entries(one))) {
    const at = key.indexOf('{');
    const group = groups.get(key.slice(0, at));
    const entry: [string, readonly number[]] = [key.slice(at + 1, -1), values];
    if (group === undefined) groups.set(key.slice(0, at), [entry]);
    else group.push(entry);
  }
  return groups;
}
