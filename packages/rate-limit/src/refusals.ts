import { serviceUnavailable, tooManyRequests, type HttpError } from '@sluice/core';
import { toSeconds } from './limit-fields';
import type { LimitPolicy } from './limit-policy';

const PROBLEM_TYPES = 'https://iana.org/assignments/http-problem-types';

/** 429 (RFC 6585 §4) with the policies that were violated. */
export function refuseExceeded(violated: readonly LimitPolicy[], retryAfterMs: number): HttpError {
  return tooManyRequests({
    type: `${PROBLEM_TYPES}#quota-exceeded`,
    code: 'quota_exceeded',
    detail: 'Too many requests have come from this client. See Retry-After.',
    headers: { 'Retry-After': toSeconds(retryAfterMs) },
    extensions: { 'violated-policies': violated.map(({ name }) => name) },
  });
}

/** 503 while requests cannot be counted and must not pass uncounted. The failure of the store is in the log already. */
export function refuseUncounted(): HttpError {
  return serviceUnavailable({
    type: `${PROBLEM_TYPES}#temporary-reduced-capacity`,
    code: 'rate_limit_unavailable',
    detail: 'Requests cannot be counted at the moment.',
    headers: { 'Retry-After': 1 },
    isReported: true,
  });
}
