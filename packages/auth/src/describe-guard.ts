import type { DescribedCredentials, StepDescription } from '@sluice/core';
import { isEmptyRule, type AccessRule } from './access-rule';
import type { GuardScheme } from './guard';

const CHALLENGE = { 'WWW-Authenticate': { description: 'How to prove who you are.' } };
const MALFORMED = {
  400: { description: 'The credentials are malformed, or there are several.', headers: CHALLENGE },
};
const MISSING = { 401: { description: 'The credentials are missing or invalid.', headers: CHALLENGE } };
const FORBIDDEN = { 403: { description: 'The user lacks a role or a scope.' } };

const FORBIDDEN_SCOPES = {
  403: { ...FORBIDDEN[403], headers: { 'WWW-Authenticate': { description: 'The scopes that are needed.' } } },
};

/** Whether a refusal says which scopes are needed. */
function namesScopes(schemes: readonly GuardScheme[], { scopes }: AccessRule): boolean {
  return scopes.length > 0 && schemes.some(({ describeScopes }) => describeScopes !== undefined);
}

/** Describes what a guard adds to a route with a rule, for documents of the API. */
export function describeGuard(schemes: readonly GuardScheme[], rule: AccessRule): StepDescription {
  const isOptional = isEmptyRule(rule) && schemes.some(({ optional }) => optional);
  const needs = listRoles(rule).map((roles) => [...new Set([...rule.scopes, ...roles])]);
  const ways = schemes.flatMap(({ name, security }) =>
    needs.map((scopes): Readonly<Record<string, DescribedCredentials>> => ({
      [name]: { scheme: security, scopes },
    })),
  );
  return {
    statuses: {
      ...(schemes.some(({ mayBeMalformed }) => mayBeMalformed) && MALFORMED),
      ...MISSING,
      ...(!isEmptyRule(rule) && (namesScopes(schemes, rule) ? FORBIDDEN_SCOPES : FORBIDDEN)),
    },
    security: isOptional ? [...ways, {}] : ways,
  };
}

/** Lists the sets of roles that are enough: one role of each list. */
function listRoles({ roles }: AccessRule): readonly (readonly string[])[] {
  return roles.reduce<readonly (readonly string[])[]>(
    (sets, list) => sets.flatMap((set) => list.map((role) => [...set, role])),
    [[]],
  );
}

/** Describes a middleware that asks more of the user that a guard further out has found. */
export const REQUIREMENT: StepDescription = { statuses: FORBIDDEN };
