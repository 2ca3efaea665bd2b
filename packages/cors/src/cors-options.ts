import { types } from 'node:util';
import { ConfigurationError, type ConfigurationProblem } from '@sluice/core';
import {
  checkOptions,
  describeFunction,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  isToken,
  type OptionRule,
} from '@sluice/core/kit';
import type { OriginRule } from './allowed-origins';
import { findOriginFault } from './serialized-origin';

/** Options of `cors`. */
export interface CorsOptions {
  /** The origins that may read the responses: one rule, or a list of which one must match; `'*'` allows all. Default: none. */
  readonly allowOrigins?: OriginRule | readonly OriginRule[];
  /** Methods that a preflight may ask for, in upper case; `'*'` allows all. Default: GET, POST, PUT, DELETE. */
  readonly allowMethods?: readonly string[];
  /** Request headers that a preflight may ask for, besides the safelisted ones; `'*'` allows all. Default: none. */
  readonly allowHeaders?: readonly string[];
  /** Whether cookies, client certificates and HTTP authentication may be used. Default: false. */
  readonly allowCredentials?: boolean;
  /** Response headers that scripts may read, besides the safelisted ones. Default: none. */
  readonly exposeHeaders?: readonly string[];
  /** Seconds for which a browser may cache a granted preflight; 0 for not at all. Default: 600. */
  readonly maxAge?: number;
  /** Whether pages of the public internet may reach this server in a private network. Default: false. */
  readonly allowPrivateNetwork?: boolean;
}

/** The options with their defaults. The origins are always a list. */
export type ResolvedCorsOptions = Required<CorsOptions> & { readonly allowOrigins: readonly OriginRule[] };

/**
 * Checks the options and fills in the defaults.
 *
 * @throws ConfigurationError that lists every problem
 */
export function resolveOptions(options: CorsOptions): ResolvedCorsOptions {
  checkOptions('cors', options, {
    allowOrigins: checkOrigins,
    allowMethods: checkMethods,
    allowHeaders: checkHeaderNames,
    allowCredentials: isBooleanOption,
    exposeHeaders: checkHeaderNames,
    maxAge: isIntegerOption(0),
    allowPrivateNetwork: isBooleanOption,
  });
  const origins = options.allowOrigins ?? [];
  const resolved: ResolvedCorsOptions = {
    allowOrigins: isList(origins) ? [...origins] : [origins],
    allowMethods: [...(options.allowMethods ?? ['GET', 'POST', 'PUT', 'DELETE'])],
    allowHeaders: [...(options.allowHeaders ?? [])],
    allowCredentials: options.allowCredentials ?? false,
    exposeHeaders: [...(options.exposeHeaders ?? [])],
    maxAge: options.maxAge ?? 600,
    allowPrivateNetwork: options.allowPrivateNetwork ?? false,
  };
  const problems = findContradictions(resolved);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return resolved;
}

/** Describes the options for the plan, with patterns and functions as text. */
export function describeOptions(options: ResolvedCorsOptions): Readonly<Record<string, unknown>> {
  const allowOrigins = options.allowOrigins.map((rule) =>
    typeof rule === 'function' ? describeFunction(rule) : String(rule),
  );
  return Object.freeze({ ...options, allowOrigins });
}

function findContradictions(options: ResolvedCorsOptions): ConfigurationProblem[] {
  if (!options.allowCredentials) return [];
  const problems: ConfigurationProblem[] = [];
  const report = (name: string, fault: string): unknown =>
    problems.push(invalidOption('cors()', name, fault));
  if (options.allowOrigins.includes('*'))
    report('allowOrigins', "cannot be '*' with allowCredentials; list the origins that you trust");
  if (options.allowOrigins.includes('null'))
    report('allowOrigins', "cannot contain 'null' with allowCredentials; every sandboxed page sends it");
  if (options.exposeHeaders.includes('*'))
    report('exposeHeaders', "cannot be '*' with allowCredentials; browsers then take it as a header name");
  return problems;
}

const checkOrigins: OptionRule = (value) => {
  const rules: readonly unknown[] = isList(value) ? value : [value];
  for (const rule of rules) {
    const fault = typeof rule === 'string' ? findOriginFault(rule) : undefined;
    if (fault !== undefined) return fault;
    if (typeof rule !== 'string' && typeof rule !== 'function' && !types.isRegExp(rule))
      return "must be '*', an origin, a RegExp, a function, or a list of these";
  }
  return undefined;
};

const checkMethods: OptionRule = (value) => {
  const fault = findTokenFault(value, 'method');
  if (fault !== undefined) return fault;
  const lower = (value as string[]).find((method) => method !== method.toUpperCase());
  if (lower === undefined) return undefined;
  return `must not contain ${JSON.stringify(lower)}; methods are case-sensitive, so write ${lower.toUpperCase()}`;
};

const checkHeaderNames: OptionRule = (value) => findTokenFault(value, 'header name');

function findTokenFault(value: unknown, noun: string): string | undefined {
  if (!isList(value)) return `must be a list of ${noun}s`;
  const wrong = value.findIndex((entry) => typeof entry !== 'string' || !isToken(entry));
  if (wrong === -1) return undefined;
  return `must be a list of ${noun}s, but ${JSON.stringify(value[wrong]) ?? typeof value[wrong]} is not a ${noun}`;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
