import { joinPrefix } from './join-prefix';
import { findRepeated, hideNames, isParameter, listNames } from './parameter-names';

/** A path pattern, taken apart. Frozen. */
export interface PathPattern {
  /** The pattern as it is registered: with a leading slash, and with a trailing one only if it was written. */
  readonly path: string;
  /** The pattern without the names of its parameters: patterns of equal shape match the same paths. */
  readonly shape: string;
  readonly segments: readonly string[];
  /** The names of the parameters, in order. */
  readonly parameters: readonly string[];
}

/** The pchar of RFC 3986 §3.3, without `:` and `*`, which mean something in a pattern. */
const LITERAL = /^(?:[A-Za-z0-9\-._~!$&'()+,;=@]|%[0-9A-Fa-f]{2})+$/;
const MOST_SEGMENTS = 100;

/**
 * Joins a controller's prefix and a route's path and parses the result. A segment is a literal or `:name`, and the
 * last one may be `*`, which matches one segment or more. Pure.
 *
 * @returns the pattern, or a sentence that says what is wrong
 */
export function parsePathPattern(prefix: string, path: string): PathPattern | string {
  const joined = joinPrefix(prefix, path);
  const absolute = joined.startsWith('/') ? joined : `/${joined}`;
  const isPrefixAlone = absolute.length > 1 && path.length <= 1;
  const whole = isPrefixAlone ? absolute.replace(/\/$/, '') : absolute;
  const segments = whole.slice(1).split('/');
  if (segments.length > MOST_SEGMENTS) return `It has more than ${MOST_SEGMENTS} segments.`;
  const wrong = segments.find((segment, index) => !isSegment(segment, index === segments.length - 1));
  if (wrong !== undefined) return describeFault(wrong);
  const parameters = listNames(segments);
  return (
    findRepeated(parameters) ??
    Object.freeze({
      path: whole,
      shape: hideNames(segments).join('/'),
      segments: Object.freeze(segments),
      parameters: Object.freeze(parameters),
    })
  );
}

function isSegment(segment: string, isLast: boolean): boolean {
  if (segment === '' || segment === '*') return isLast;
  return isParameter(segment) || LITERAL.test(segment);
}

function describeFault(segment: string): string {
  if (segment === '') return 'It has an empty segment (//).';
  if (segment === '*') return 'Only the last segment may be *.';
  if (segment.includes(':'))
    return `A parameter is a whole segment, and its name is a word: write /:id, not /${segment}.`;
  if (segment === '{version}')
    return "The place {version} needs createApp({ versioning: { type: 'path' } }), and may be there once.";
  if (/[{}<>[\]*]/.test(segment))
    return `Write parameters as /:name and the rest of a path as /*, not /${segment}.`;
  return `The segment /${segment} has a character that a path cannot have; percent-encode it.`;
}
