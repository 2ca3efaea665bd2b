import { serviceUnavailable, type HttpError } from '@sluice/core';

/** The answer to a request whose change of the session cannot be written because of others. */
export function makeConflict(detail: string): HttpError {
  return serviceUnavailable({ code: 'session_conflict', detail, headers: { 'Retry-After': 1 } });
}
