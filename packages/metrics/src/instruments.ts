import { observe, type Combine, type Family } from './family';
import { formatLabel } from './format-text';

/** The values of the labels of a metric, each under its name; without labels there is nothing to give. */
export type LabelValues<Label extends string> = [Label] extends [never]
  ? []
  : [labels: Readonly<Record<Label, string | number | boolean>>];

/** Options of every metric of an application. */
export interface InstrumentOptions<Label extends string> {
  /** A sentence for people. */
  readonly help: string;
  /** The names of its labels. Default: none. */
  readonly labels?: readonly Label[];
  /**
   * The most series that it may have, because clients could choose label values without end. Later ones are counted
   * together, in `{otel_metric_overflow="true"}`. Default: 1000.
   */
  readonly maxSeries?: number;
}

/** Options of a gauge. */
export interface GaugeOptions<Label extends string> extends InstrumentOptions<Label> {
  /** How the gauges of several workers become one. Default: `sum`. */
  readonly combine?: Combine;
}

/** Options of a histogram. */
export interface HistogramOptions<Label extends string> extends InstrumentOptions<Label> {
  /** The upper bounds of its buckets, ascending, in its unit. Default: those of the duration of requests, in seconds. */
  readonly buckets?: readonly number[];
}

/** Counts what happens. */
export interface Counter<Label extends string = never> {
  /** Adds. Throws RangeError for a number that is negative or not finite: a counter only grows. */
  add(amount: number, ...labels: LabelValues<Label>): void;
}

/** A number that rises and falls. */
export interface Gauge<Label extends string = never> {
  /** Sets the number. Throws RangeError for one that is not finite. */
  set(value: number, ...labels: LabelValues<Label>): void;
  /** Adds; a negative amount takes away. Throws RangeError for a number that is not finite. */
  add(amount: number, ...labels: LabelValues<Label>): void;
}

/** Counts values by their size. */
export interface Histogram<Label extends string = never> {
  /** Counts a value in its bucket. Throws RangeError for one that is not finite. */
  observe(value: number, ...labels: LabelValues<Label>): void;
}

type Given = readonly [Readonly<Record<string, string | number | boolean>>?];

/** Finds the series of a metric by the values of its labels. */
class Instrument {
  constructor(
    protected readonly family: Family,
    private readonly names: readonly string[],
  ) {
    // Without labels it is there from the start, so that its first increase is one.
    if (names.length === 0) family.open('');
  }

  protected find([labels]: Given): Float64Array {
    const { names } = this;
    if (names.length === 0) return this.family.open('');
    return this.family.open(names.map((name) => formatLabel(name, String(labels?.[name] ?? ''))).join(','));
  }

  protected check(value: number, isAllowed: boolean): void {
    if (isAllowed) return;
    throw new RangeError(`The metric ${this.family.name} cannot take ${String(value)}.`);
  }
}

/** See Counter. */
export class FamilyCounter extends Instrument {
  add(amount: number, ...labels: Given): void {
    this.check(amount, Number.isFinite(amount) && amount >= 0);
    this.find(labels)[0]! += amount;
  }
}

/** See Gauge. */
export class FamilyGauge extends Instrument {
  set(value: number, ...labels: Given): void {
    this.check(value, Number.isFinite(value));
    this.find(labels)[0] = value;
  }

  add(amount: number, ...labels: Given): void {
    this.check(amount, Number.isFinite(amount));
    this.find(labels)[0]! += amount;
  }
}

/** See Histogram. */
export class FamilyHistogram extends Instrument {
  observe(value: number, ...labels: Given): void {
    this.check(value, Number.isFinite(value));
    observe(this.find(labels), this.family.bounds, value);
  }
}
