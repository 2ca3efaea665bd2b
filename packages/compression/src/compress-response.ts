import type { Transform } from 'node:stream';
import {
  notAcceptable,
  type Context,
  type HttpError,
  type HttpResponse,
  type MaybePromise,
} from '@sluice/core';
import { findForms, isStreamSource } from '@sluice/core/kit';
import type { ContentCoding } from './content-coding';
import { EncodedChunks } from './encoded-chunks';
import { isEncoded, isLocked, markEncoded, weakenRevalidated } from './encoded-headers';
import { negotiateCoding, type CodingChoice } from './negotiate-coding';
import { rememberAnswers } from './remember-answers';
import type { SharedSettings } from './shared-options';
import { Slots } from './slots';

type Answer = MaybePromise<HttpError | undefined>;

/** Encodes the response of a context, if it may be encoded and is worth it. Returns the error if it must be refused. */
export type ResponseCompressor = (context: Context) => Answer;

/** Statuses of responses whose body, if any, is not a whole representation. */
const PARTIAL: ReadonlySet<number> = new Set([204, 205, 206, 304]);

/** A request without Accept-Encoding accepts everything, and gets the body as it is. */
const NO_PREFERENCE: CodingChoice = { coding: undefined, isIdentityAcceptable: true };

/** The body of a HEAD response in place of an encoded one: an empty stream, so no Content-Length is sent. */
const UNKNOWN_LENGTH: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

/** Prepares everything that does not depend on the request. `codings` are in the server's order of preference. */
export function makeResponseCompressor(
  settings: SharedSettings,
  codings: readonly ContentCoding[],
): ResponseCompressor {
  const { syncThreshold, maxStreams, skip } = settings;
  const isRefusing = settings.onUnacceptable === 'refuse';
  const minimumSize = Math.max(settings.minimumSize, 1);
  const slots = new Slots(settings.maxConcurrency);
  const encoders = new Set<Transform>();
  const negotiate = rememberAnswers((accepted) => negotiateCoding(codings, accepted));
  const isEligible = rememberAnswers((contentType) => {
    const mediaType = contentType.split(';', 1)[0]!.trim().toLowerCase();
    return mediaType === 'text/event-stream' ? settings.eventStreams : settings.types(mediaType);
  });

  return function compressResponse(context) {
    const { response } = context;
    const { headers } = response;
    const contentType = headers.get('Content-Type');
    // A 304 rarely has a type, but must have the Vary of its 200 (RFC 9110 §15.4.5).
    if (contentType === undefined ? response.status !== 304 : !isEligible(contentType)) return undefined;
    if (isEncoded(headers)) return undefined;
    headers.vary('Accept-Encoding');
    if (response.status === 304) weakenRevalidated(context);
    const isLong = isAtLeast(minimumSize, response);
    if (!isLong && !(isRefusing && isAtLeast(1, response))) return undefined;
    if (PARTIAL.has(response.status) || isLocked(headers)) return undefined;

    const accepted = context.request.header('accept-encoding');
    const choice = accepted === undefined ? NO_PREFERENCE : negotiate(accepted);
    if (!isLong && choice.isIdentityAcceptable) return undefined;
    if (choice.coding !== undefined)
      return skip(context) ? undefined : encode(context, choice.coding, choice);
    return isRefusing && !choice.isIdentityAcceptable ? refuse(context) : undefined;
  };

  function encode(context: Context, coding: ContentCoding, choice: CodingChoice): Answer {
    const { request, response } = context;
    const { body } = response;
    if (isStreamSource(body)) {
      if (encoders.size >= maxStreams) return undefined;
      if (request.method !== 'HEAD') response.body = new EncodedChunks(body, coding, encoders);
      markEncoded(response.headers, coding.name);
      return undefined;
    }
    if (request.method === 'HEAD') {
      response.body = UNKNOWN_LENGTH;
      markEncoded(response.headers, coding.name);
      return undefined;
    }
    const bytes = typeof body === 'string' ? Buffer.from(body) : body!;
    const forms = findForms(bytes);
    let encoded = forms?.get(coding.name);
    if (encoded === undefined) {
      if (bytes.byteLength > syncThreshold) return encodeLater(context, coding, bytes, choice);
      encoded = coding.encodeNow(bytes);
      forms?.set(coding.name, encoded);
    }
    replace(response, coding, bytes, encoded, choice);
    return undefined;
  }

  async function encodeLater(
    context: Context,
    coding: ContentCoding,
    bytes: Uint8Array,
    choice: CodingChoice,
  ): Promise<undefined> {
    if (!(await slots.take(() => context.signal))) return;
    try {
      const encoded = await coding.encodeLater(bytes);
      findForms(bytes)?.set(coding.name, encoded);
      replace(context.response, coding, bytes, encoded, choice);
    } finally {
      slots.release();
    }
  }
}

/** Whether the body has at least `size` bytes; a stream without Content-Length counts as long. Avoids counting bytes. */
function isAtLeast(size: number, { body, headers }: HttpResponse): boolean {
  if (body === undefined) return false;
  if (typeof body === 'string')
    return body.length >= size || (body.length * 3 >= size && Buffer.byteLength(body) >= size);
  if (body instanceof Uint8Array) return body.byteLength >= size;
  const length = headers.get('Content-Length');
  return length === undefined || Number(length) >= size;
}

function replace(
  response: HttpResponse,
  { name }: ContentCoding,
  bytes: Uint8Array,
  encoded: Uint8Array,
  { isIdentityAcceptable }: CodingChoice,
): void {
  if (encoded.byteLength >= bytes.byteLength && isIdentityAcceptable) return;
  response.body = encoded;
  markEncoded(response.headers, name);
}

/** Refuses only requests that change nothing: a POST that was carried out must not look as if it failed. */
function refuse({ request, response }: Context): HttpError | undefined {
  const isSafe = request.method === 'GET' || request.method === 'HEAD';
  if (!isSafe || response.status >= 300) return undefined;
  return notAcceptable({
    code: 'encoding_not_acceptable',
    detail: 'None of the content codings in Accept-Encoding is available.',
  });
}
