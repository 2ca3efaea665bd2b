import { ConfigurationError, type ConfigurationProblem } from '@sluice/core';
import {
  findOptionProblems,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  isOneOfOption,
} from '@sluice/core/kit';
import { POLICY_RULES } from './csp/check-policy';
import type { SecurityHeadersOptions } from './security-headers-options';
import { SIMPLE_HEADERS } from './simple-headers';
import { findEndpointsFault, findFeaturesFault, isRecord } from './structured-headers';
import type { ResolvedHeaders } from './resolve-headers';

const YEAR = 31_536_000;
const NESTED = (value: unknown) =>
  value === false || isRecord(value) ? undefined : 'must be an object, or false';

/**
 * Checks each option by itself.
 *
 * @param place the factory or decorator that got them, and where
 * @throws ConfigurationError that lists every problem
 */
export function checkHeaderOptions(place: string, options: SecurityHeadersOptions): void {
  const problems = [
    ...findOptionProblems(place, options, {
      preset: isOneOfOption('default', 'strict', 'api'),
      contentSecurityPolicy: NESTED,
      contentSecurityPolicyReportOnly: NESTED,
      reportingEndpoints: findEndpointsFault,
      permissionsPolicy: findFeaturesFault,
      strictTransportSecurity: NESTED,
      ...Object.fromEntries(SIMPLE_HEADERS.map(({ option, rule }) => [option, rule])),
    }),
    ...Object.entries(INNER_RULES).flatMap(([name, rules]) => {
      const value: unknown = options?.[name as keyof typeof INNER_RULES];
      return isRecord(value) ? findOptionProblems(place, value, rules, `${place}(), ${name}`) : [];
    }),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
}

const INNER_RULES = {
  contentSecurityPolicy: POLICY_RULES,
  contentSecurityPolicyReportOnly: POLICY_RULES,
  strictTransportSecurity: {
    maxAge: isIntegerOption(0),
    includeSubDomains: isBooleanOption,
    preload: isBooleanOption,
  },
};

/**
 * Checks what only the options together show, with those of the preset and of the decorators.
 *
 * @throws ConfigurationError that lists every problem
 */
export function checkTogether(place: string, headers: ResolvedHeaders): void {
  const problems: ConfigurationProblem[] = [];
  const report = (name: string, fault: string): void =>
    void problems.push(invalidOption(`${place}()`, name, fault));
  const endpoints = Object.keys(headers.reportingEndpoints);
  for (const [name, endpoint] of listReportTo(headers)) {
    if (!endpoints.includes(endpoint))
      report(name, `must name an entry of reportingEndpoints, and ${JSON.stringify(endpoint)} is none`);
  }
  const enforced = headers.contentSecurityPolicy;
  if (enforced !== false && enforced.defaultSrc === undefined)
    report(
      'contentSecurityPolicy',
      'has no defaultSrc, so whatever it does not list is allowed; write defaultSrc: false if that is on purpose',
    );
  if (enforced !== false && Object.values(enforced).every((value) => value === false))
    report('contentSecurityPolicy', 'has no directives; write false to leave the header out');
  const reported = headers.contentSecurityPolicyReportOnly;
  for (const ignored of ['sandbox', 'upgradeInsecureRequests'] as const) {
    if (reported !== false && reported[ignored] !== undefined && reported[ignored] !== false)
      report('contentSecurityPolicyReportOnly', `must not have ${ignored}, which browsers ignore there`);
  }
  if (reported !== false && Object.values(reported).every((value) => value === false))
    report('contentSecurityPolicyReportOnly', 'has no directives');
  const transport = headers.strictTransportSecurity;
  if (transport !== false && transport.preload === true) {
    if (transport.maxAge! < YEAR || transport.includeSubDomains !== true)
      report(
        'strictTransportSecurity',
        `must have a maxAge of at least ${YEAR} and includeSubDomains with preload (hstspreload.org)`,
      );
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function listReportTo(headers: ResolvedHeaders): (readonly [option: string, endpoint: string])[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (name === 'reportingEndpoints' || !isRecord(value)) return [];
    const { reportTo } = value;
    return typeof reportTo === 'string' ? [[name, reportTo] as const] : [];
  });
}
