import type { Context } from '../../http/context';
import { parseQualityList } from '../../http/headers/quality-list';
import { html, PROBLEM_TYPE, Reply } from '../../http/reply/replies';
import { formatJson, type WriteJson } from '../../http/reply/write-json';
import { forbidsBody } from '../../http/status/status';
import type { ProblemDetails } from './problem-details';
import { writeProblem } from './write-problem';

const PROGRAM_TYPES = [PROBLEM_TYPE, 'application/json'];

/** The default body of an error response: problem+json, or a page if a person asks for one. */
export function formatProblem(
  problem: ProblemDetails,
  context: Context,
  development: boolean,
  writeJson: WriteJson = formatJson,
): Reply {
  const { status } = problem;
  // A cache replaces the Content-Type of its stored page by that of a 304 (RFC 9111 §3.2).
  if (forbidsBody(status)) return new Reply(undefined, undefined, status, undefined);
  if (prefersPage(context.request.header('accept'))) return formatPage(problem, context, development);
  return new Reply(writeProblem(problem, writeJson), PROBLEM_TYPE, status, undefined);
}

/** Answers whether a client asks for HTML by name, at least as much as for JSON (RFC 9110 §12.5.1): a person reads it. */
export function prefersPage(accept: string | undefined): boolean {
  if (accept === undefined || !accept.includes('html')) return false;
  const list = parseQualityList(accept);
  const weigh = (...types: readonly string[]) =>
    Math.max(0, ...list.filter(({ value }) => types.includes(value)).map(({ quality }) => quality));
  const page = weigh('text/html');
  return page > 0 && page >= weigh(...PROGRAM_TYPES);
}

function formatPage(problem: ProblemDetails, { response }: Context, development: boolean): Reply {
  // Programs get another answer from the same URL, and a cache must not show the error again.
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
