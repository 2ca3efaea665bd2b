const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** Answers whether a Cache-Control value has the directive no-transform (RFC 9111 §5.2.2.6); names have no case. */
export function hasNoTransform(cacheControl: string | undefined): boolean {
  if (cacheControl === undefined || !/no-transform/i.test(cacheControl)) return false;
  return cacheControl
    .replace(QUOTED, '')
    .split(',')
    .some((directive) => directive.split('=', 1)[0]!.trim().toLowerCase() === 'no-transform');
}
