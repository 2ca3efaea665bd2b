import type { Context } from '../../http/context';
import { HttpError } from '../../http/status/http-error';
import { formatJson, html, Reply } from '../../http/reply/replies';
import { forbidsBody, findReason } from '../../http/status/status';
import { prefersPage } from './prefers-page';

/** Problem details (RFC 9457 §3.1) and what Sluice adds to them. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** Names this one occurrence; the log of a 5xx has it too. */
  readonly instance: string;
  readonly code: string;
  readonly errors?: HttpError['errors'];
  /** In development only. */
  readonly stack?: readonly string[];
}

/** The error as an HttpError: itself, or a 500 that says nothing of it. */
export function toHttpError(error: unknown): HttpError {
  return error instanceof HttpError ? error : new HttpError(500, { cause: error });
}

/**
 * Answers whether a status says that the program has failed, which is logged and in development told with its stack.
 * 501 does not: an unknown method is the client's doing, and the log would be the client's to fill.
 */
export function isOwnFault(status: number): boolean {
  return status >= 500 && status !== 501;
}

/** Describes an error to the client. Message and stack of what was not meant for it only in development. */
export function describeProblem(error: unknown, development: boolean): ProblemDetails {
  const { type, status, code, detail, errors } = toHttpError(error);
  const instance = `urn:uuid:${crypto.randomUUID()}`;
  const title = findReason(status);
  const told = {
    type,
    title,
    status,
    ...(detail !== undefined && { detail }),
    instance,
    code,
    ...(errors && { errors }),
  };
  if (!development || !isOwnFault(status) || !(error instanceof Error)) return told;
  return {
    ...told,
    // What an HttpError says is meant for the client: the same words as in production.
    ...(!(error instanceof HttpError) && { detail: `${error.name}: ${error.message}` }),
    stack: (error.stack ?? '')
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
  };
}

/** The default body of an error response: problem+json, or a page where a person asks for one. */
export function formatProblem(problem: ProblemDetails, context: Context, development: boolean): Reply {
  const { status } = problem;
  // The Content-Type of a 304 would become that of the page a cache has stored (RFC 9111 §3.2).
  if (forbidsBody(status)) return new Reply(undefined, undefined, status, undefined);
  if (prefersPage(context.request.header('accept'))) return formatPage(problem, context, development);
  return new Reply(formatJson(problem), 'application/problem+json', status, undefined);
}

function formatPage(problem: ProblemDetails, { response }: Context, development: boolean): Reply {
  // The same address answers programs otherwise, and no error is to be shown again from a cache.
  response.headers.vary('Accept').set('Cache-Control', 'no-store');
  const page = development ? formatDevelopmentPage(problem) : formatPlainPage(problem);
  return html(page, { status: problem.status });
}

function formatDevelopmentPage(problem: ProblemDetails): string {
  const { formatErrorPage } = require('./error-page') as typeof import('./error-page');
  return formatErrorPage(problem);
}

function formatPlainPage(problem: ProblemDetails): string {
  const page = require('./plain-error-page') as typeof import('./plain-error-page');
  return page.formatPlainErrorPage(problem);
}
