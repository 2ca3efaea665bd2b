import { findReason } from '../status/status';
import type { ResponseBody } from '../response';
import type { StreamSource } from '../body/stream-body';

/** Status and headers that any reply can carry. */
export interface ReplyInit {
  /** 200 to 599. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number>>;
}

/** A body with a status and headers: what the reply functions make, for a handler or middleware to return. */
export class Reply {
  readonly #content: ResponseBody;

  constructor(
    content: ResponseBody,
    /** Undefined: keep what is set. */
    readonly contentType: string | undefined,
    /** Undefined: keep what is set, else 200. */
    readonly status: number | undefined,
    readonly headers: Readonly<Record<string, string | number>> | undefined,
  ) {
    this.#content = content;
  }

  /** What is sent; undefined: nothing. Throws TypeError where it can not be written. */
  get body(): ResponseBody {
    return this.#content;
  }
}

/** A value that is written as JSON when it is sent, so that `@Returns` can take from it what it does not name. */
export class JsonReply extends Reply {
  constructor(
    readonly value: unknown,
    status: number | undefined,
    headers: Readonly<Record<string, string | number>> | undefined,
  ) {
    super(undefined, JSON_TYPE, status, headers);
  }

  /** Throws TypeError where there is no JSON for the value. */
  override get body(): string {
    return formatJson(this.value);
  }
}

export const JSON_TYPE = 'application/json';
export const TEXT_TYPE = 'text/plain; charset=utf-8';
export const BYTES_TYPE = 'application/octet-stream';

/**
 * JSON. What JSON can not say (undefined, functions, circles, bigint, a Map or Set) is a 500 when it is sent.
 *
 * @example return json({ ok: true }, { status: 202 });
 */
export function json(value: unknown, init: ReplyInit = {}): Reply {
  return new JsonReply(value, init.status, init.headers);
}

/** JSON text of a value. Throws TypeError where there is none, and for a Map, Response, Blob … in which JSON sees nothing. */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`A reply of type ${typeof value} can not be written as JSON.`);
  if (text === '{}') checkPlain(value as object);
  return text;
}

/** An empty object in the place of what was meant would be found out late. */
function checkPlain(value: object): void {
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Object]' || typeof (value as { toJSON?: unknown }).toJSON === 'function') return;
  throw new TypeError(`A reply of type ${tag.slice(8, -1)} would be {} as JSON: return what is in it.`);
}

/** Plain text, UTF-8. */
export function text(value: string, init: ReplyInit = {}): Reply {
  return new Reply(value, TEXT_TYPE, init.status, init.headers);
}

/** An HTML page, UTF-8. */
export function html(value: string, init: ReplyInit = {}): Reply {
  return new Reply(value, 'text/html; charset=utf-8', init.status, init.headers);
}

/** Bytes, as `application/octet-stream` unless the headers say otherwise. */
export function bytes(value: Uint8Array, init: ReplyInit = {}): Reply {
  return new Reply(value, BYTES_TYPE, init.status, init.headers);
}

/**
 * A stream, sent with back-pressure; its source is stopped when the client goes away.
 * With a `Content-Length` header its length is announced, else it is sent in chunks.
 */
export function stream(source: StreamSource, init: ReplyInit = {}): Reply {
  return new Reply(source, BYTES_TYPE, init.status, init.headers);
}

/** 201 with the new thing as JSON and, if given, where it is (RFC 9110 §15.3.2). */
export function created(value?: unknown, init: ReplyInit & { readonly location?: string } = {}): Reply {
  const headers =
    init.location === undefined ? init.headers : { ...init.headers, Location: encodeLocation(init.location) };
  if (value === undefined) return new Reply('', undefined, init.status ?? 201, headers);
  return new JsonReply(value, init.status ?? 201, headers);
}

/** 204, no body. */
export function noContent(init: Omit<ReplyInit, 'status'> = {}): Reply {
  return new Reply(undefined, undefined, 204, init.headers);
}

/**
 * A redirect, 302 unless said otherwise; 307 and 308 keep method and body (RFC 9110 §15.4).
 * The location is never checked against a list: do not pass on what a client sent.
 *
 * @throws RangeError when the status is no redirect
 */
export function redirect(location: string, init: ReplyInit = {}): Reply {
  const status = init.status ?? 302;
  if (![301, 302, 303, 307, 308].includes(status))
    throw new RangeError(`${status} ${findReason(status)} is no redirect.`);
  return new Reply('', undefined, status, { ...init.headers, Location: encodeLocation(location) });
}

/** Percent-encodes what a header can not carry; what is encoded already stays. */
function encodeLocation(location: string): string {
  if (/^[\x21-\x7e]*$/.test(location)) return location;
  return encodeURI(location.toWellFormed()).replace(/%25([0-9a-f]{2})/gi, '%$1');
}
