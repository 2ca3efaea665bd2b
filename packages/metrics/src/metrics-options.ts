import { ConfigurationError } from '@sluice/core';
import {
  checkOptions,
  findOptionProblems,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  isOneOfOption,
  type OptionRule,
  type OptionRules,
} from '@sluice/core/kit';
import type { TextRegistry } from './foreign-numbers';

/** Options of `metrics`. */
export interface MetricsOptions {
  /** The upper bounds of the duration's buckets, ascending, in seconds. Default: those of OpenTelemetry, 5 ms to 10 s. */
  readonly buckets?: readonly number[];
  /** Whether `http_server_active_requests` is measured. Default: false. */
  readonly activeRequests?: boolean;
  /** Whether the sizes of the bodies of requests and responses are measured, where they are announced. Default: false. */
  readonly bodySizes?: boolean;
  /** Whether CPU time, memory and the delay of the event loop are reported. Default: true. */
  readonly process?: boolean;
  /** Registries of other libraries, such as that of prom-client, whose metrics are reported too. Default: none. */
  readonly registries?: readonly TextRegistry[];
}

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;

const areBuckets: OptionRule = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((bound, index) => Number.isFinite(bound) && (index === 0 || bound > value[index - 1]))
    ? undefined
    : 'must be a list of at least one number, ascending and finite';

const areRegistries: OptionRule = (value) =>
  Array.isArray(value) &&
  value.every((one) => typeof (one as Partial<TextRegistry> | null)?.metrics === 'function')
    ? undefined
    : 'must be a list of registries, each with a method metrics that returns text';

/** Throws ConfigurationError for options that are unknown or invalid. */
export function checkMetricsOptions(options: unknown): void {
  checkOptions('metrics', options, {
    buckets: areBuckets,
    activeRequests: isBooleanOption,
    bodySizes: isBooleanOption,
    process: isBooleanOption,
    registries: areRegistries,
  });
}

type InstrumentKind = 'counter' | 'gauge' | 'histogram';

/** The same for a metric of the application, and for its name. */
export function checkInstrument(kind: InstrumentKind, name: unknown, options: unknown): void {
  const reserved = kind === 'histogram' ? 'le' : undefined;
  const areLabels: OptionRule = (value) => {
    if (!Array.isArray(value) || !value.every((label) => typeof label === 'string' && LABEL.test(label)))
      return 'must be a list of names of letters, digits and underscores, which begin with neither a digit nor two underscores';
    if (new Set(value).size < value.length) return 'has a name twice';
    return value.includes(reserved) ? `must not have ${JSON.stringify(reserved)}` : undefined;
  };
  const rules: OptionRules = {
    help: { required: (value) => (typeof value === 'string' ? undefined : 'must be text') },
    labels: areLabels,
    maxSeries: isIntegerOption(1),
    ...(kind === 'gauge' && { combine: isOneOfOption('sum', 'max', 'min') }),
    ...(kind === 'histogram' && { buckets: areBuckets }),
  };
  const place = `metrics().${kind}(${JSON.stringify(name)})`;
  const isNamed = typeof name === 'string' && METRIC.test(name);
  const problems = [
    ...(isNamed ? [] : [invalidOption(place, 'name', NAME_FAULT, true)]),
    ...findOptionProblems(kind, options ?? {}, rules, place),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
}

const NAME_FAULT = 'must have letters, digits, underscores and colons, and not begin with a digit';
