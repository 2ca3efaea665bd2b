import { REASON_PHRASES } from './reason-phrases';

const LINES = new Map<number, string>();

/** The status code with its reason phrase for the status line (RFC 9112 §4): `404 Not Found`. */
export function describeStatus(status: number): string {
  let line = LINES.get(status);
  if (line === undefined) {
    line = `${status} ${findReason(status)}`;
    LINES.set(status, line);
  }
  return line;
}

/** The reason phrase of a status code; `Unknown` for one that is not registered. */
export function findReason(status: number): string {
  return REASON_PHRASES[status] ?? 'Unknown';
}

/** Answers whether `status` is a whole number from 200 to 599, as a final response needs (RFC 9110 §15). */
export function isFinalStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599;
}

/** Answers whether a response of this status has no body and no Content-Length (RFC 9110 §8.6, §15.3.5, §15.4.5). */
export function forbidsBody(status: number): boolean {
  return status === 204 || status === 304;
}
