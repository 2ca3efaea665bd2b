import type { WriteJson } from '../../http/reply/write-json';
import type { ProblemDetails } from './problem-details';

/** The text of the problems of one status that differ in their instance only. */
interface KnownProblem {
  readonly type: string;
  readonly detail: string | undefined;
  readonly code: string;
  readonly beforeInstance: string;
  readonly afterInstance: string;
}

/** The latest of each status, so there are few. */
const LATEST = new Map<number, KnownProblem>();

/** Writes a problem as JSON. If the one before it said the same, only the instance is written. */
export function writeProblem(problem: ProblemDetails, writeJson: WriteJson): string {
  const { type, status, detail, instance, code, errors, extensions, stack } = problem;
  if (extensions !== undefined) return writeExtended(problem, writeJson);
  const isUsual = errors === undefined && stack === undefined && isText(type) && isText(code);
  if (!isUsual || !isText(detail ?? '')) return writeJson(problem);
  let known = LATEST.get(status);
  if (known?.detail !== detail || known?.code !== code || known.type !== type) {
    known = splitText(problem, writeJson);
    LATEST.set(status, known);
  }
  return known.beforeInstance + instance + known.afterInstance;
}

/** The standard members come first for their order, and last so that no extension replaces one. */
function writeExtended({ extensions, ...standard }: ProblemDetails, writeJson: WriteJson): string {
  return writeJson({ ...standard, ...extensions, ...standard });
}

/** A program without types may give anything, and an object could change later. */
function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function splitText(
  { type, title, status, detail, code }: ProblemDetails,
  writeJson: WriteJson,
): KnownProblem {
  const start = writeJson({ type, title, status, detail });
  const end = writeJson({ code });
  return {
    type,
    detail,
    code,
    beforeInstance: `${start.slice(0, -1)},"instance":"`,
    afterInstance: `",${end.slice(1)}`,
  };
}
