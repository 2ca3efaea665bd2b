import type { HeaderValue } from '../headers/headers';
import { findReason } from '../status/status';
import type { ResponseBody } from '../response';
import type { StreamSource } from '../body/stream-body';
import { formatJson } from './write-json';

/** The status and the headers of a reply. */
export interface ReplyInit {
  /** From 200 to 599. Default: the status set before, else 200, or the one that the reply function names. */
  readonly status?: number;
  /** A list is a line for each of its values: `{ Link: ['</a>; rel=next', '</b>; rel=prev'] }`. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
}

/** A body with a status and headers, for a handler or middleware to return. The reply functions make it. */
export class Reply {
  readonly #content: ResponseBody;

  constructor(
    content: ResponseBody,
    /** Undefined: the type set before stays. */
    readonly contentType: string | undefined,
    /** Undefined: the status set before stays, else 200. */
    readonly status: number | undefined,
    readonly headers: Readonly<Record<string, HeaderValue>> | undefined,
  ) {
    this.#content = content;
  }

  /** The body to send; undefined for none. Throws TypeError when the value cannot be written as JSON. */
  get body(): ResponseBody {
    return this.#content;
  }
}

/** A value that becomes JSON only when it is sent, so that `@Returns` can first remove the fields it does not name. */
export class JsonReply extends Reply {
  constructor(
    readonly value: unknown,
    status: number | undefined,
    headers: Readonly<Record<string, HeaderValue>> | undefined,
  ) {
    super(undefined, JSON_TYPE, status, headers);
  }

  /** The value as JSON. Throws TypeError when it cannot be written. */
  override get body(): string {
    return formatJson(this.value);
  }
}

export const JSON_TYPE = 'application/json';
export const TEXT_TYPE = 'text/plain; charset=utf-8';
export const BYTES_TYPE = 'application/octet-stream';
/** RFC 9457 §3. */
export const PROBLEM_TYPE = 'application/problem+json';

/**
 * JSON. A value that JSON cannot express (undefined, a function, a circle, a bigint, a Map, a Set) becomes a 500; see
 * `json` of `createApp`.
 *
 * @example return json({ ok: true }, { status: 202 });
 */
export function json(value: unknown, init: ReplyInit = {}): Reply {
  return new JsonReply(value, init.status, init.headers);
}

/** Plain text in UTF-8. */
export function text(value: string, init: ReplyInit = {}): Reply {
  return new Reply(value, TEXT_TYPE, init.status, init.headers);
}

/** An HTML page in UTF-8. */
export function html(value: string, init: ReplyInit = {}): Reply {
  return new Reply(value, 'text/html; charset=utf-8', init.status, init.headers);
}

/** Bytes; default type `application/octet-stream`. */
export function bytes(value: Uint8Array, init: ReplyInit = {}): Reply {
  return new Reply(value, BYTES_TYPE, init.status, init.headers);
}

/**
 * A stream, sent with back-pressure; default type `application/octet-stream`. Its source is stopped when the client
 * disconnects. With a `Content-Length` header the body has that length, else it is sent in chunks.
 *
 * @example return stream(createReadStream('report.pdf'), { headers: { 'Content-Type': 'application/pdf' } });
 */
export function stream(source: StreamSource, init: ReplyInit = {}): Reply {
  return new Reply(source, BYTES_TYPE, init.status, init.headers);
}

/**
 * 201 with the new resource as JSON and, if given, its `Location` (RFC 9110 §15.3.2).
 *
 * @example return created(note, { location: `/notes/${note.id}` });
 */
export function created(value?: unknown, init: ReplyInit & { readonly location?: string } = {}): Reply {
  const headers =
    init.location === undefined ? init.headers : { ...init.headers, Location: encodeLocation(init.location) };
  if (value === undefined) return new Reply('', undefined, init.status ?? 201, headers);
  return new JsonReply(value, init.status ?? 201, headers);
}

/** 204 without a body. */
export function noContent(init: Omit<ReplyInit, 'status'> = {}): Reply {
  return new Reply(undefined, undefined, 204, init.headers);
}

/**
 * A redirect; default status 302. 307 and 308 keep the method and the body (RFC 9110 §15.4). The location is not
 * checked, so it must not come from the client.
 *
 * @throws RangeError when the status is not 301, 302, 303, 307 or 308
 */
export function redirect(location: string, init: ReplyInit = {}): Reply {
  const status = init.status ?? 302;
  if (![301, 302, 303, 307, 308].includes(status))
    throw new RangeError(`${status} ${findReason(status)} is not a redirect.`);
  return new Reply('', undefined, status, { ...init.headers, Location: encodeLocation(location) });
}

/** Percent-encodes the characters that a header cannot carry, and keeps what is already encoded. */
function encodeLocation(location: string): string {
  if (/^[\x21-\x7e]*$/.test(location)) return location;
  return encodeURI(location.toWellFormed()).replace(/%25([0-9a-f]{2})/gi, '%$1');
}
