import type { HttpRequest } from '@sluice/core';
import type { Family } from './family';
import type { FamilyStore } from './family-store';
import type { MetricsOptions } from './metrics-options';

/** OpenTelemetry's buckets for the duration of requests, in seconds. */
export const SECONDS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];
/** From what fits into a packet to 16 MiB. OpenTelemetry has none for sizes. */
const BYTES = [1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];
/** The routes bound them. */
const ANY_NUMBER = Number.MAX_SAFE_INTEGER;

/** The metrics of requests. */
export interface RequestFamilies {
  readonly seconds: Family;
  readonly active: Family | undefined;
  readonly requestBytes: Family | undefined;
  readonly responseBytes: Family | undefined;
  /** Whether there is any but the first. */
  readonly hasMore: boolean;
}

/** Makes those that the options name. */
export function makeRequestFamilies(
  store: FamilyStore,
  { buckets = SECONDS, activeRequests = false, bodySizes = false }: MetricsOptions,
): RequestFamilies {
  const sizes = (what: string): Family =>
    store.add({
      name: `http_server_${what}_body_size_bytes`,
      type: 'histogram',
      help: `Size of the ${what} bodies whose length is announced.`,
      bounds: BYTES,
      maxSeries: ANY_NUMBER,
    });
  const seconds = store.add({
    name: 'http_server_request_duration_seconds',
    type: 'histogram',
    help: 'Duration of the requests, to the end of their responses.',
    bounds: [...buckets],
    maxSeries: ANY_NUMBER,
  });
  const active = activeRequests
    ? store.add({
        name: 'http_server_active_requests',
        type: 'gauge',
        help: 'Requests whose responses have not ended.',
        maxSeries: ANY_NUMBER,
      })
    : undefined;
  const [requestBytes, responseBytes] = bodySizes ? [sizes('request'), sizes('response')] : [];
  return { seconds, active, requestBytes, responseBytes, hasMore: activeRequests || bodySizes };
}

const LENGTH = /^\d{1,15}$/;

/** The announced length of the body of a request; 0 without one, undefined if it is not announced. */
export function readLength(request: HttpRequest): number | undefined {
  const length = request.header('content-length');
  if (length !== undefined) return LENGTH.test(length) ? Number(length) : undefined;
  return request.header('transfer-encoding') === undefined ? 0 : undefined;
}
