import { badRequest, type HttpError } from '../../http/http-error';

/** What the head says of the body. */
export interface Framing {
  /** Bytes; undefined for a chunked body. */
  readonly length: number | undefined;
  readonly hasBody: boolean;
}

/** There is none. */
export const NO_BODY: Framing = { length: 0, hasBody: false };
const LENGTH = /^\d{1,15}$/;

/** The part of a native request that is looked at. */
export interface HeaderLines {
  forEach(visit: (lowerName: string, value: string) => void): void;
}

/**
 * Reads how the body is framed, and refuses what two parsers could read differently (request smuggling, RFC 9112
 * §6.3, §11.2): repeated, empty or malformed Content-Length, any Transfer-Encoding but exactly `chunked`, and both
 * together. Engine builds before August 2026 accept those. Walks all header lines.
 *
 * @returns the framing, or the refusal: 400, and the connection closes
 */
export function checkFraming(lines: HeaderLines): Framing | HttpError {
  let length: string | undefined;
  let coding: string | undefined;
  let isRepeated = false;
  lines.forEach((name, value) => {
    if (name === 'content-length') {
      isRepeated ||= length !== undefined;
      length = value;
    } else if (name === 'transfer-encoding') {
      isRepeated ||= coding !== undefined;
      coding = value;
    }
  });
  if (isRepeated || (length !== undefined && coding !== undefined))
    return refuse('The length of the body is told twice.');
  if (coding !== undefined) {
    return coding.toLowerCase() === 'chunked'
      ? { length: undefined, hasBody: true }
      : refuse('The Transfer-Encoding is not chunked.');
  }
  if (length === undefined) return NO_BODY;
  if (!LENGTH.test(length)) return refuse('The Content-Length is not a number.');
  return { length: Number(length), hasBody: Number(length) > 0 };
}

function refuse(detail: string): HttpError {
  return badRequest({ code: 'framing', detail, headers: { Connection: 'close' } });
}
