import type { CookieOptions } from '@sluice/core';

/** The attributes that, besides its name, distinguish a cookie from others in a browser (RFC 6265bis §5.7, CHIPS). */
export type CookiePlace = Pick<CookieOptions, 'path' | 'domain' | 'partitioned'>;

/** Formats a place; undefined for that of most cookies: Path=/ and nothing else. */
export function formatPlace({
  path = '/',
  domain = '',
  partitioned = false,
}: CookiePlace): string | undefined {
  // A browser drops the dot and the case.
  const host = domain.replace(/^\./, '').toLowerCase();
  if (path === '/' && host === '' && !partitioned) return undefined;
  return [path, host, partitioned ? 'partitioned' : ''].join(';');
}

/** Parses a place that `formatPlace` wrote. */
export function parsePlace(place: string | undefined): CookiePlace {
  const [path = '/', domain = '', partitioned = ''] = place?.split(';') ?? [];
  return { path, partitioned: partitioned !== '', ...(domain !== '' && { domain }) };
}
