import type { CspDirectives, CspPolicy } from './csp/csp-policy';
import { PRESETS } from './presets';
import type { SecurityHeadersOptions, StrictTransportSecurity } from './security-headers-options';

/** The options with the defaults of their preset. */
export type ResolvedHeaders = Omit<
  SecurityHeadersOptions,
  | 'preset'
  | 'contentSecurityPolicy'
  | 'contentSecurityPolicyReportOnly'
  | 'reportingEndpoints'
  | 'strictTransportSecurity'
> & {
  readonly contentSecurityPolicy: false | CspDirectives;
  readonly contentSecurityPolicyReportOnly: false | CspDirectives;
  readonly reportingEndpoints: Readonly<Record<string, string>>;
  readonly strictTransportSecurity: false | StrictTransportSecurity;
};

/** Fills in the defaults of the preset. */
export function resolveHeaders(options: SecurityHeadersOptions): ResolvedHeaders {
  const { preset = 'default', ...given } = dropUndefined(options);
  const { upgradeInsecureRequests: _, ...reportable } = PRESETS[preset]
    .contentSecurityPolicy as CspDirectives;
  return {
    ...PRESETS[preset],
    ...given,
    contentSecurityPolicy: addDefaults(
      given.contentSecurityPolicy ?? {},
      true,
      PRESETS[preset].contentSecurityPolicy,
    ),
    contentSecurityPolicyReportOnly: addDefaults(
      given.contentSecurityPolicyReportOnly ?? false,
      false,
      reportable,
    ),
    reportingEndpoints: given.reportingEndpoints ?? {},
    strictTransportSecurity: given.strictTransportSecurity !== false && {
      ...PRESETS[preset].strictTransportSecurity,
      ...dropUndefined(given.strictTransportSecurity ?? {}),
    },
  };
}

function addDefaults(
  policy: false | CspPolicy,
  isDefault: boolean,
  defaults: CspDirectives,
): false | CspDirectives {
  if (policy === false) return false;
  const { useDefaults = isDefault, ...directives } = dropUndefined(policy);
  return useDefaults ? { ...defaults, ...directives } : directives;
}

/**
 * Merges the options of a decorator into those further out: directives, features, endpoints and parts of HSTS one by
 * one, other headers as a whole. A preset begins anew, but keeps HSTS, which browsers remember for the whole host, and
 * the endpoints.
 */
export function mergeHeaders(
  outer: SecurityHeadersOptions,
  inner: SecurityHeadersOptions,
): SecurityHeadersOptions {
  const { strictTransportSecurity, reportingEndpoints } = outer;
  const base: SecurityHeadersOptions =
    inner.preset === undefined
      ? outer
      : {
          ...(strictTransportSecurity !== undefined && { strictTransportSecurity }),
          ...(reportingEndpoints !== undefined && { reportingEndpoints }),
        };
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(dropUndefined(inner))) {
    const before = merged[name];
    const isWhole =
      !MERGED.has(name) || !isObject(before) || !isObject(value) || value['useDefaults'] === false;
    merged[name] = isWhole ? value : { ...before, ...value };
  }
  return merged;
}

const MERGED: ReadonlySet<string> = new Set<keyof SecurityHeadersOptions>([
  'contentSecurityPolicy',
  'contentSecurityPolicyReportOnly',
  'reportingEndpoints',
  'permissionsPolicy',
  'strictTransportSecurity',
]);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function dropUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
