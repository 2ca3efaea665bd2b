import { types } from 'node:util';
import {
  checkOptions,
  ConfigurationError,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  isToken,
  type ConfigurationProblem,
  type OptionRule,
} from '@sluice/core';
import type { OriginRule } from './allowed-origins';
import { findOriginFault } from './serialized-origin';

/** Options of `cors`. */
export interface CorsOptions {
  /** Who may read the answers: one rule or a list, of which one must allow; `'*'` allows all. Default: nobody. */
  readonly allowOrigins?: OriginRule | readonly OriginRule[];
  /** Methods a preflight may ask for, in upper case; `'*'` stands for all that routes can have. Default: GET, POST, PUT, DELETE. */
  readonly allowMethods?: readonly string[];
  /** Request headers a preflight may ask for, besides the safelisted ones; `'*'` allows any. Default: none. */
  readonly allowHeaders?: readonly string[];
  /** Whether cookies, client certificates and HTTP authentication may be used. Default: false. */
  readonly allowCredentials?: boolean;
  /** Response headers that scripts may read, besides the safelisted ones. Default: none. */
  readonly exposeHeaders?: readonly string[];
  /** Seconds a browser may remember a granted preflight; 0 is sent too. Default: 600. */
  readonly maxAge?: number;
  /** Whether a public page may reach this server in a private network. Default: false. */
  readonly allowPrivateNetwork?: boolean;
}

/** The options with their defaults, origins always as a list. */
export type ResolvedCorsOptions = Required<CorsOptions> & { readonly allowOrigins: readonly OriginRule[] };

/** Checks the options and fills in the defaults. Throws ConfigurationError. */
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

/** The resolved options as the plan prints them: patterns and functions as text. */
export function describeOptions(options: ResolvedCorsOptions): Readonly<Record<string, unknown>> {
  const allowOrigins = options.allowOrigins.map((rule) => {
    if (typeof rule === 'function') return rule.name === '' ? 'function' : `function ${rule.name}`;
    return String(rule);
  });
  return Object.freeze({ ...options, allowOrigins });
}

function findContradictions(options: ResolvedCorsOptions): ConfigurationProblem[] {
  if (!options.allowCredentials) return [];
  const problems: ConfigurationProblem[] = [];
  const report = (name: string, fault: string): unknown =>
    problems.push(invalidOption('cors()', name, fault));
  if (options.allowOrigins.includes('*'))
    report('allowOrigins', "can not be '*' together with allowCredentials: list the origins you trust");
  if (options.allowOrigins.includes('null'))
    report('allowOrigins', "can not have 'null' together with allowCredentials: any sandboxed page sends it");
  if (options.exposeHeaders.includes('*'))
    report('exposeHeaders', "can not be '*' together with allowCredentials: browsers take it literally");
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
  return `must not have ${JSON.stringify(lower)}: methods are case-sensitive, write ${lower.toUpperCase()}`;
};

const checkHeaderNames: OptionRule = (value) => findTokenFault(value, 'header name');

function findTokenFault(value: unknown, noun: string): string | undefined {
  if (!isList(value)) return `must be a list of ${noun}s`;
  const wrong = value.findIndex((entry) => typeof entry !== 'string' || !isToken(entry));
  if (wrong === -1) return undefined;
  return `must be a list of ${noun}s, which ${JSON.stringify(value[wrong]) ?? 'its entry'} is not`;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
