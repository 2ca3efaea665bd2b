import { HttpError } from '../../http/status/http-error';
import { findReason } from '../../http/status/status';

/** Problem details (RFC 9457 §3.1), and the members that Sluice adds. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string | undefined;
  /** Names this one occurrence; the log entry of a 5xx has it too. */
  readonly instance: string;
  readonly code: string;
  readonly errors?: HttpError['errors'] | undefined;
  /** Other members, written beside these. */
  readonly extensions?: HttpError['extensions'] | undefined;
  /** Present in development only. */
  readonly stack?: readonly string[];
}

/** The error itself if it is an HttpError, else a 500 that says nothing about it. */
export function toHttpError(error: unknown): HttpError {
  return error instanceof HttpError ? error : new HttpError(500, { cause: error });
}

/**
 * Answers whether a status means that the program has failed: such an error is logged, and in development its stack is
 * shown. 501 does not: clients cause it with unknown methods, and could fill the log.
 */
export function isOwnFault(status: number): boolean {
  return status >= 500 && status !== 501;
}

/** Describes an error to the client. The message and stack of an internal error appear in development only. */
export function describeProblem(error: unknown, development: boolean): ProblemDetails {
  const { type, status, code, detail, errors, extensions } = toHttpError(error);
  const title = findReason(status);
  const instance = makeInstance();
  if (!development || !isOwnFault(status) || !(error instanceof Error))
    return { type, title, status, detail, instance, code, errors, extensions };
  return {
    type,
    title,
    status,
    // The detail of an HttpError is meant for the client, so it stays the same as in production.
    detail: error instanceof HttpError ? detail : `${error.name}: ${error.message}`,
    instance,
    code,
    errors,
    extensions,
    stack: (error.stack ?? '')
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
  };
}

let randomUUID: (() => string) | undefined;

function makeInstance(): string {
  randomUUID ??= (require('node:crypto') as typeof import('node:crypto')).randomUUID;
  return `urn:uuid:${randomUUID()}`;
}
