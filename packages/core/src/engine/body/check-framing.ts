import { badRequest, type HttpError } from '../../http/status/http-error';

/** The framing of a body, as the head announces it. */
export interface Framing {
  /** In bytes; undefined for a chunked body. */
  readonly length: number | undefined;
  readonly hasBody: boolean;
}

/** The framing of a request without a body. */
export const NO_BODY: Framing = { length: 0, hasBody: false };
const LENGTH = /^\d{1,15}$/;

/**
 * Finds the framing of the body, and refuses a head that two parsers could read differently (request smuggling, RFC
 * 9112 §6.3, §11.2): a repeated, empty or malformed Content-Length, any Transfer-Encoding but exactly `chunked`, and
 * both together. Engines accept some of those.
 *
 * @param lines flat pairs: name in lower case, value
 * @returns the framing, or the refusal: 400, after which the connection closes
 */
export function checkFraming(lines: readonly string[]): Framing | HttpError {
  let length: string | undefined;
  let coding: string | undefined;
  let isRepeated = false;
  for (let index = 0; index < lines.length; index += 2) {
    const name = lines[index];
    if (name === 'content-length') {
      isRepeated ||= length !== undefined;
      length = lines[index + 1];
    } else if (name === 'transfer-encoding') {
      isRepeated ||= coding !== undefined;
      coding = lines[index + 1];
    }
  }
  if (isRepeated || (length !== undefined && coding !== undefined))
    return refuse('The request states the length of its body twice.');
  if (coding !== undefined) {
    return coding.toLowerCase() === 'chunked'
      ? { length: undefined, hasBody: true }
      : refuse('The Transfer-Encoding must be chunked.');
  }
  if (length === undefined) return NO_BODY;
  if (!LENGTH.test(length)) return refuse('The Content-Length is not a number.');
  return { length: Number(length), hasBody: Number(length) > 0 };
}

function refuse(detail: string): HttpError {
  return badRequest({ code: 'framing', detail, headers: { Connection: 'close' } });
}
