interface Attributes {
  readonly path?: string;
  readonly domain?: string;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
}

/** The longest first: a name has one prefix. */
const PREFIXES = ['__Host-Http-', '__Host-', '__Http-', '__Secure-'] as const;

/**
 * Finds out why browsers would refuse a cookie because of the prefix of its name, in any case of letters (RFC 6265bis
 * §4.1.3; draft-ietf-httpbis-layered-cookies for those with Http).
 */
export function findPrefixFault(name: string, attributes: Attributes): string | undefined {
  if (!name.startsWith('__')) return undefined;
  const prefix = PREFIXES.find((one) => name.slice(0, one.length).toLowerCase() === one.toLowerCase());
  if (prefix === undefined) return undefined;
  const { path, domain, secure, httpOnly } = attributes;
  if (secure !== true) return `the prefix ${prefix} needs Secure`;
  if (prefix.includes('Http') && httpOnly !== true) return `the prefix ${prefix} needs HttpOnly`;
  if (prefix.startsWith('__Host-') && (domain !== undefined || path !== '/'))
    return `the prefix ${prefix} needs Path=/ and no Domain`;
  return undefined;
}
