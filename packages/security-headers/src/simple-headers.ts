import { isBooleanOption, isOneOfOption, type OptionRule } from '@sluice/core/kit';
import type { SecurityHeadersOptions } from './security-headers-options';

/** A header with a value that needs no other option: its rule, and how the value is written. */
export interface SimpleHeader {
  readonly option: keyof SecurityHeadersOptions;
  readonly name: string;
  readonly rule: OptionRule;
  readonly write: (value: never) => string;
}

const EMBEDDER = ['require-corp', 'credentialless', 'unsafe-none'];
const OPENER = ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none'];
const REFERRER = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/** The headers in the order in which they are sent. */
export const SIMPLE_HEADERS: readonly SimpleHeader[] = [
  ...crossOrigin('crossOriginEmbedderPolicy', 'Cross-Origin-Embedder-Policy', EMBEDDER),
  ...crossOrigin('crossOriginOpenerPolicy', 'Cross-Origin-Opener-Policy', OPENER),
  oneOf('crossOriginResourcePolicy', 'Cross-Origin-Resource-Policy', [
    'same-origin',
    'same-site',
    'cross-origin',
  ]),
  flag('originAgentCluster', 'Origin-Agent-Cluster', '?1'),
  {
    option: 'referrerPolicy',
    name: 'Referrer-Policy',
    rule: findReferrerFault,
    write: (value: string | readonly string[]) => (typeof value === 'string' ? value : value.join(', ')),
  },
  flag('xContentTypeOptions', 'X-Content-Type-Options', 'nosniff'),
  oneOf('xDnsPrefetchControl', 'X-DNS-Prefetch-Control', ['on', 'off']),
  flag('xDownloadOptions', 'X-Download-Options', 'noopen'),
  oneOf('xFrameOptions', 'X-Frame-Options', ['DENY', 'SAMEORIGIN']),
  oneOf('xPermittedCrossDomainPolicies', 'X-Permitted-Cross-Domain-Policies', [
    'none',
    'master-only',
    'by-content-type',
    'all',
  ]),
  flag('xXssProtection', 'X-XSS-Protection', '0'),
];

function oneOf(option: keyof SecurityHeadersOptions, name: string, values: readonly string[]): SimpleHeader {
  return { option, name, rule: isOneOfOption(...values, false), write: (value: string) => value };
}

function flag(option: keyof SecurityHeadersOptions, name: string, text: string): SimpleHeader {
  return { option, name, rule: isBooleanOption, write: () => text };
}

interface Reported {
  readonly policy: string;
  readonly reportTo: string;
}

/** A policy and its report-only twin. */
function crossOrigin(
  option: 'crossOriginEmbedderPolicy' | 'crossOriginOpenerPolicy',
  name: string,
  policies: readonly string[],
): SimpleHeader[] {
  const isPolicy = isOneOfOption(...policies, false);
  const rule: OptionRule = (value) => {
    if (typeof value !== 'object' || value === null) return isPolicy(value);
    const { policy, reportTo, ...others } = value as Partial<Reported>;
    if (typeof policy !== 'string' || isPolicy(policy) !== undefined) return isPolicy(policy);
    return typeof reportTo === 'string' && Object.keys(others).length === 0
      ? undefined
      : 'must have policy and reportTo, the name of an entry of reportingEndpoints, and nothing else';
  };
  const write = (value: string | Reported): string =>
    typeof value === 'string' ? value : `${value.policy}; report-to="${value.reportTo}"`;
  return [
    { option, name, rule, write },
    { option: `${option}ReportOnly`, name: `${name}-Report-Only`, rule, write },
  ];
}

function findReferrerFault(value: unknown): string | undefined {
  if (value === false) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((one) => REFERRER.includes(one as string))
    ? undefined
    : `must be one or several of ${REFERRER.join(', ')}, or false`;
}
