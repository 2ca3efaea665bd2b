import { HeaderLine } from '@sluice/core';
import type { LimitPolicy } from './limit-policy';
import type { LimitState } from './store/limit-store';

/**
 * RateLimit-Policy and RateLimit of draft-ietf-httpapi-ratelimit-headers: structured fields (RFC 9651), lists of strings
 * with integer parameters. Names need no escapes, because their characters are checked.
 */
export function makePolicyLine(policies: readonly LimitPolicy[]): HeaderLine {
  const items = policies.map(({ name, limit, window }) => `"${name}";q=${limit};w=${window}`);
  return new HeaderLine('RateLimit-Policy', items.join(', '));
}

/** The value of RateLimit. A policy that was not asked has no part in it. */
export function formatStates(
  policies: readonly LimitPolicy[],
  states: readonly (LimitState | undefined)[],
): string {
  let text = '';
  for (let index = 0; index < policies.length; index++) {
    const state = states[index];
    if (state !== undefined) text += (text === '' ? '' : ', ') + formatState(policies[index]!, state);
  }
  return text;
}

/** The time `t` is that until the next unit for a client that has none left, else until it has all of them. */
export function formatState({ name, limit, window }: LimitPolicy, state: LimitState): string {
  const { isAllowed, remaining, retryAfterMs, resetMs } = state;
  const next = remaining > 0 ? resetMs : resetMs - window * 1000 + (window * 1000) / limit;
  return `"${name}";r=${remaining};t=${toSeconds(isAllowed ? next : retryAfterMs)}`;
}

/** Whole seconds, not fewer than the time: a client must not come back too early. */
export function toSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
