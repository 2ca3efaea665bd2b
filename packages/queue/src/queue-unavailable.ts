import { HttpError } from '@sluice/core';
import { isOutage } from './outage';

const RETRY_AFTER_SECONDS = 5;

/** Redis did not accept a job, or did not say how one is: 503 with Retry-After. A job may have been added nevertheless. */
export class QueueUnavailable extends HttpError {
  constructor(cause: unknown) {
    super(503, {
      code: 'queue_unavailable',
      detail: 'The queue cannot be reached at the moment.',
      headers: { 'Retry-After': RETRY_AFTER_SECONDS },
      cause,
      isReported: isOutage(cause),
    });
  }
}
