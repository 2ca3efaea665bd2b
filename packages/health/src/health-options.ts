import type { AppPhase, MiddlewareLike } from '@sluice/core';
import {
  checkOptions,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isListOption,
  isTable,
  type OptionRule,
} from '@sluice/core/kit';
import type { HealthCheck, HealthCheckOptions } from './health-check';

/** Options of `health`. */
export interface HealthOptions {
  /** The path that answers 200 while the process runs. Default: `/livez`. */
  readonly livePath?: string;
  /** The path that answers 200 while the application can take requests, else 503. Default: `/readyz`. */
  readonly readyPath?: string;
  /** The checks that have to pass for `readyPath` to answer 200, by name. The names are sent. Default: none. */
  readonly checks?: Readonly<Record<string, HealthCheck | HealthCheckOptions>>;
  /** Milliseconds until a check counts as failed, less than a probe waits and at most an hour. Default: 800. */
  readonly timeoutMs?: number;
  /** Milliseconds for which the result of a check is used again, at most an hour; 0 is not at all. Default: 1000. */
  readonly cacheMs?: number;
  /** Whether the messages of errors are sent, which may have secrets. Default: false. */
  readonly showErrors?: boolean;
  /** The application that is asked about, if these routes are those of another one. Default: their own. */
  readonly of?: { readonly phase: AppPhase };
  /** Runs around the routes, first = outermost: a filter of addresses. Default: nothing. */
  readonly middleware?: readonly MiddlewareLike[];
  /** The names of middleware further out that do not run: `accessLog`, `rateLimit`. Default: none. */
  readonly skipMiddleware?: readonly string[];
}

const HOUR = 3_600_000;

const isTime = isIntegerOption(1, HOUR);
const isAge = isIntegerOption(0, HOUR);
const isPath: OptionRule = (value) =>
  typeof value === 'string' && /^\/[^:*?#\s]+$/.test(value)
    ? undefined
    : "must be a path without parameters, such as '/readyz'";
const isApp: OptionRule = (value) =>
  typeof value === 'object' && value !== null && 'phase' in value ? undefined : 'must be an application';

/** Throws ConfigurationError for options that are unknown or invalid, those of each check among them. */
export function checkHealthOptions(options: unknown): void {
  checkOptions('health', options, {
    livePath: isPath,
    readyPath: isPath,
    checks: findChecksFault,
    timeoutMs: isTime,
    cacheMs: isAge,
    showErrors: isBooleanOption,
    of: isApp,
    middleware: isListOption,
    skipMiddleware: isListOption,
  });
}

const OF_A_CHECK: Readonly<Record<keyof HealthCheckOptions, OptionRule>> = {
  check: isFunctionOption,
  timeoutMs: isTime,
  cacheMs: isAge,
  optional: isBooleanOption,
};

/** Checks in a Map, or methods of a class, would be none. */
const findChecksFault: OptionRule = (value) => {
  if (!isTable(value)) return 'must be a plain object of functions, by their names';
  for (const [name, given] of Object.entries(value)) {
    const fault = typeof given === 'function' ? undefined : findCheckFault(given);
    if (fault !== undefined) return `has ${JSON.stringify(name)}, which ${fault}`;
  }
  return undefined;
};

function findCheckFault(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return 'must be a function, or an object with check';
  const { check } = given as Partial<HealthCheckOptions>;
  if (check === undefined) return 'must have check';
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(OF_A_CHECK, name)) return `has the unknown option ${JSON.stringify(name)}`;
    const fault = value === undefined ? undefined : OF_A_CHECK[name as keyof HealthCheckOptions](value);
    if (fault !== undefined) return `has ${name}, which ${fault}`;
  }
  return undefined;
}
