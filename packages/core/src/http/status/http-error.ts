import type { HeaderValue } from '../headers/headers';
import { isFinalStatus, findReason } from './status';

/** The parts of a request that a value can come from. */
export type RequestPart = 'path' | 'query' | 'header' | 'cookie' | 'body';

/** One fault of a request: the place and the broken rule, never the value. */
export interface ErrorDetail {
  /** The part of the request. */
  readonly in: RequestPart;
  /** A JSON Pointer (RFC 6901) to the place within the part: `/address/zip`. */
  readonly pointer: string;
  /** A stable word for the broken rule: `isEmail`, `number`. */
  readonly code: string;
  /** A sentence for people, or the end of one. */
  readonly detail: string;
}

/** The content of an HttpError besides its status. */
export interface HttpErrorInit {
  /** A stable word for programs; default: the reason phrase in snake_case. */
  readonly code?: string;
  /** A sentence for people. It is sent to the client whatever the status, so it must not contain secrets. */
  readonly detail?: string;
  /** The headers of the error response. A list is a line for each of its values. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** The faults of the request, sent to the client. */
  readonly errors?: readonly ErrorDetail[];
  /** A URI that identifies the type of the problem; default `about:blank` (RFC 9457 §4.2.1). */
  readonly type?: string;
  /** Members of the problem beside the standard ones (RFC 9457 §3.2), which they cannot replace. They are sent. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** The error that led to this one. It is logged, never sent. */
  readonly cause?: unknown;
  /**
   * Whether the log has the reason already, as that of an outage: then a 5xx is one line there, without a stack, for each
   * request. Default: false.
   */
  readonly isReported?: boolean;
}

/**
 * An error with the status of its response, for a handler or a middleware to throw or return.
 *
 * @throws RangeError when the status is not a whole number from 200 to 599
 * @example throw new HttpError(409, { code: 'name_taken', detail: 'That name is taken.' });
 */
export class HttpError extends Error {
  /**
   * Whether the stack of an error below 500 has frames. Such an error is an answer, and its frames cost more than all
   * else about it. Default: not if `NODE_ENV` is `production`. A derived class may have a value of its own; the stack
   * of a 5xx always has frames.
   *
   * @example HttpError.capturesStack = true;
   */
  static capturesStack = process.env['NODE_ENV'] !== 'production';

  override readonly name: string = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, HeaderValue>> | undefined;
  readonly errors: readonly ErrorDetail[] | undefined;
  readonly type: string;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  readonly isReported: boolean;

  constructor(status: number, init: HttpErrorInit | string = {}) {
    const { code, detail, headers, errors, type, extensions, cause, isReported } =
      typeof init === 'string' ? ({ detail: init } as HttpErrorInit) : init;
    if (!isFinalStatus(status)) {
      throw new RangeError(
        `The status of an HttpError must be a whole number from 200 to 599, not ${String(status)}.`,
      );
    }
    const message = String(detail ?? findReason(status));
    const isTraced = status >= 500 || new.target.capturesStack;
    const { stackTraceLimit } = Error;
    if (!isTraced) limitFrames(0);
    super(message, cause === undefined ? undefined : { cause });
    if (!isTraced) limitFrames(stackTraceLimit);
    this.status = status;
    this.code = code ?? findCode(status);
    this.detail = detail;
    this.headers = headers;
    this.errors = errors;
    this.type = type ?? 'about:blank';
    this.extensions = extensions;
    this.isReported = isReported ?? false;
  }
}

/** Sets how many frames the next errors get, unless a program has frozen `Error`. */
function limitFrames(limit: number): void {
  try {
    Error.stackTraceLimit = limit;
  } catch {
    // Then the error has all frames.
  }
}

const CODES = new Map<number, string>();

/** The reason phrase in snake_case. */
function findCode(status: number): string {
  let code = CODES.get(status);
  if (code === undefined) {
    code = findReason(status)
      .toLowerCase()
      .replace(/[^a-z]+/g, '_');
    CODES.set(status, code);
  }
  return code;
}

/** Makes an HttpError of one status. */
export type HttpErrorFactory = (init?: HttpErrorInit | string) => HttpError;

function makeFactory(status: number): HttpErrorFactory {
  return (init) => new HttpError(status, init);
}

/** 400 */
export const badRequest = makeFactory(400);
/** 401, which needs `headers: { 'WWW-Authenticate': … }` (RFC 9110 §15.5.2). */
export const unauthorized = makeFactory(401);
/** 403 */
export const forbidden = makeFactory(403);
/** 404 */
export const notFound = makeFactory(404);
/** 406 */
export const notAcceptable = makeFactory(406);
/** 409 */
export const conflict = makeFactory(409);
/** 410 */
export const gone = makeFactory(410);
/** 412 */
export const preconditionFailed = makeFactory(412);
/** 413 */
export const contentTooLarge = makeFactory(413);
/** 415 */
export const unsupportedMediaType = makeFactory(415);
/** 422 */
export const unprocessableContent = makeFactory(422);
/** 429, best with `headers: { 'Retry-After': seconds }` (RFC 6585 §4). */
export const tooManyRequests = makeFactory(429);
/** 500 */
export const internalServerError = makeFactory(500);
/** 501 */
export const notImplemented = makeFactory(501);
/** 502 */
export const badGateway = makeFactory(502);
/** 503 */
export const serviceUnavailable = makeFactory(503);
/** 504 */
export const gatewayTimeout = makeFactory(504);

/** 405 with the allowed methods in the Allow header, as RFC 9110 §15.5.6 requires. */
export function methodNotAllowed(allowed: readonly string[], init: HttpErrorInit = {}): HttpError {
  return new HttpError(405, { ...init, headers: { ...init.headers, Allow: allowed.join(', ') } });
}

/** 400 `host_invalid`, for a request whose Host header is missing or malformed (RFC 9112 §3.2). */
export function invalidHost(): HttpError {
  return badRequest({ code: 'host_invalid', detail: 'The Host header is missing or is not a valid host.' });
}
