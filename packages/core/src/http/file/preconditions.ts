import type { HttpRequest } from '../request';

/** The values that identify one state of a representation (RFC 9110 §8.8). */
export interface Validators {
  readonly etag: string | undefined;
  /** Milliseconds, rounded down to whole seconds; undefined: the date is not sent. */
  readonly lastModified: number | undefined;
  /** Whether every change changes the date, so that it can be compared strongly (RFC 9110 §8.8.2.2). */
  readonly isDateStrong: boolean;
}

/** Evaluates the conditions of a GET or HEAD in the order of RFC 9110 §13.2.2: send the file, 304, or 412. */
export function checkPreconditions(
  request: HttpRequest,
  { etag, lastModified }: Validators,
): 'pass' | 'not modified' | 'failed' {
  const ifMatch = request.header('if-match');
  if (ifMatch !== undefined) {
    if (!isTagListed(ifMatch, etag, 'strong')) return 'failed';
  } else {
    const since = parseDate(request.header('if-unmodified-since'));
    if (since !== undefined && lastModified !== undefined && lastModified > since) return 'failed';
  }
  const ifNoneMatch = request.header('if-none-match');
  if (ifNoneMatch !== undefined) return isTagListed(ifNoneMatch, etag, 'weak') ? 'not modified' : 'pass';
  const since = parseDate(request.header('if-modified-since'));
  return since !== undefined && lastModified !== undefined && lastModified <= since ? 'not modified' : 'pass';
}

/** Answers whether If-Range allows a part, because the client has the same state of the file (RFC 9110 §13.1.5). */
export function isRangeCurrent(
  ifRange: string | undefined,
  { etag, lastModified, isDateStrong }: Validators,
): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.includes('"')) return etag !== undefined && isSameStrongly(ifRange.trim(), etag);
  return isDateStrong && lastModified !== undefined && parseDate(ifRange) === lastModified;
}

/**
 * Answers whether a list of If-Match (strong comparison) or If-None-Match (weak) has the tag of a representation
 * (RFC 9110 §8.8.3.2). `*` means every representation, one without a tag too.
 */
export function isTagListed(list: string, etag: string | undefined, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  if (etag === undefined) return false;
  const isSame = comparison === 'strong' ? isSameStrongly : isSameWeakly;
  return (list.match(ENTITY_TAG) ?? []).some((one) => isSame(one, etag));
}

/** Matched instead of split, because a tag may contain a comma. */
const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

function isSameStrongly(one: string, other: string): boolean {
  return one === other && !one.startsWith('W/');
}

function isSameWeakly(one: string, other: string): boolean {
  return one.replace(/^W\//, '') === other.replace(/^W\//, '');
}

const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [A-Za-z0-9 :-]{8,30}$/;

/** Parses an HTTP date into milliseconds. Undefined for an invalid one, which is then ignored (RFC 9110 §13.1.3). */
function parseDate(text: string | undefined): number | undefined {
  if (text === undefined || !HTTP_DATE.test(text)) return undefined;
  const time = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
