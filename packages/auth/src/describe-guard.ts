import type { DescribedCredentials, StepDescription } from '@sluice/core';
import { isEmptyRule, type AccessRule } from './access-rule';
import type { GuardScheme } from './guard';

const CHALLENGE = { 'WWW-Authenticate': { description: 'How to prove who you are.' } };
const MALFORMED = {
  400: { description: 'The credentials are malformed, or there are several.', headers: CHALLENGE },
};
const MISSING = { 401: { description: 'The credentials are missing or invalid.', headers: CHALLENGE } };
const FORBIDDEN = { 403: { description: 'The user lacks a role or a scope.' } };

/** Describes what a guard adds to a route with a rule, for documents of the API. */
export function describeGuard(schemes: readonly GuardScheme[], rule: AccessRule): StepDescription {
  const isOptional = isEmptyRule(rule) && schemes.some(({ optional }) => optional);
  const scopes = [...rule.scopes, ...rule.roles.flat()];
  const ways: Readonly<Record<string, DescribedCredentials>>[] = schemes.map(({ name, security }) => ({
    [name]: { scheme: security, scopes },
  }));
  return {
    statuses: {
      ...(schemes.some(({ mayBeMalformed }) => mayBeMalformed) && MALFORMED),
      ...MISSING,
      ...(!isEmptyRule(rule) && FORBIDDEN),
    },
    security: isOptional ? [...ways, {}] : ways,
  };
}

/** Describes a middleware that asks more of the user that a guard further out has found. */
export const REQUIREMENT: StepDescription = { statuses: FORBIDDEN };
