import { joinPrefix } from './join-prefix';

/** A path pattern, taken apart. Frozen. */
export interface PathPattern {
  /** As it is registered: one leading slash, no trailing one. */
  readonly path: string;
  /** The same with the parameters' names taken out: equal shapes answer the same requests. */
  readonly shape: string;
  readonly segments: readonly string[];
  /** The names of the parameters, in order. */
  readonly parameters: readonly string[];
}

const PARAMETER = /^:[A-Za-z_][A-Za-z0-9_]*$/;
/** RFC 3986 §3.3 pchar, without what our patterns mean something by. */
const LITERAL = /^(?:[A-Za-z0-9\-._~!$&'()+,;=@]|%[0-9A-Fa-f]{2})+$/;
const MOST_SEGMENTS = 100;

/**
 * Joins a controller's prefix and a route's path and reads the result: segments are literal, `:name`, or one
 * `*` at the end that stands for one segment or more. Pure.
 *
 * @returns the pattern, or a sentence that says what is wrong
 */
export function parsePathPattern(prefix: string, path: string): PathPattern | string {
  const joined = joinPrefix(prefix, path);
  const trimmed = joined.startsWith('/') ? joined : `/${joined}`;
  const whole = trimmed.length > 1 && path.length <= 1 ? trimmed.replace(/\/$/, '') : trimmed;
  const segments = whole.slice(1).split('/');
  if (segments.length > MOST_SEGMENTS) return `It has more than ${MOST_SEGMENTS} segments.`;
  const parameters: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '*' && isLast) continue;
    if (segment === '' && isLast) continue;
    if (PARAMETER.test(segment)) parameters.push(segment.slice(1));
    else if (!LITERAL.test(segment)) return describeFault(segment);
  }
  const repeated = parameters.find((name, index) => parameters.indexOf(name) !== index);
  if (repeated !== undefined) return `The parameter :${repeated} stands in it twice.`;
  const shape = segments.map((segment) => (segment.startsWith(':') ? ':' : segment)).join('/');
  return Object.freeze({
    path: whole,
    shape,
    segments: Object.freeze(segments),
    parameters: Object.freeze(parameters),
  });
}

function describeFault(segment: string): string {
  if (segment === '') return 'It has an empty segment (//).';
  if (segment === '*') return 'A * may only be its last segment.';
  if (segment.includes(':'))
    return `A parameter is a whole segment and its name a word: /:id, not /${segment}.`;
  if (/[{}<>[\]*]/.test(segment)) return `Parameters are written /:name and the rest /*, not /${segment}.`;
  return `The segment /${segment} holds a character that no path can have; percent-encode it.`;
}
