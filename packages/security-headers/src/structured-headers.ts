import { toKebabCase } from './csp/format-policy';
import type { StrictTransportSecurity } from './security-headers-options';

const ENDPOINT_NAME = /^[a-z*][a-z0-9_.*-]*$/;
const FEATURE = /^[a-z][a-zA-Z0-9-]*$/;
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/;
/** Text of a quoted string (RFC 9651 §3.3.3) that is a URL: nothing to escape, nothing that ends it. */
const URL_TEXT = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+$/;

/** Finds what is wrong with the addresses for reports (Reporting API §3.2). */
export function findEndpointsFault(value: unknown): string | undefined {
  if (!isRecord(value)) return "must be an object such as { main: '/reports' }";
  for (const [name, url] of Object.entries(value)) {
    if (!ENDPOINT_NAME.test(name))
      return `must not have the name ${JSON.stringify(name)}; use lower-case letters, digits and _ - . *`;
    if (typeof url !== 'string' || !URL_TEXT.test(url) || !isTrustworthy(url))
      return `must have a path of this server or a URL with https for ${name}`;
  }
  return undefined;
}

/** Browsers ignore endpoints without HTTPS, but for those on the own machine. */
function isTrustworthy(url: string): boolean {
  if (/^\/(?!\/)/.test(url)) return true;
  return URL.canParse(url) && (url.startsWith('https://') || LOOPBACK.test(url));
}

/** Writes Reporting-Endpoints, a dictionary of strings (RFC 9651 §3.2). */
export function writeEndpoints(endpoints: Readonly<Record<string, string>>): string {
  return Object.entries(endpoints)
    .map(([name, url]) => `${name}="${url}"`)
    .join(', ');
}

/** Finds what is wrong with the features of a Permissions-Policy. */
export function findFeaturesFault(value: unknown): string | undefined {
  if (value === false) return undefined;
  if (!isRecord(value)) return 'must be an object such as { camera: [] }, or false';
  for (const [feature, origins] of Object.entries(value)) {
    if (!FEATURE.test(feature)) return `must not have ${JSON.stringify(feature)}, which is not a feature`;
    const fault = findOriginsFault(origins);
    if (fault !== undefined) return `must have for ${feature} ${fault}`;
  }
  return undefined;
}

function findOriginsFault(origins: unknown): string | undefined {
  if (!Array.isArray(origins)) return 'a list of origins';
  for (const origin of origins as readonly unknown[]) {
    if (typeof origin !== 'string') return 'a list of texts';
    if (/^'.*'$/.test(origin)) return `${origin.slice(1, -1)} without quotes`;
    if (['self', 'src', '*'].includes(origin)) continue;
    if (!isOrigin(origin)) return `'self', 'src', '*' or origins, and not ${JSON.stringify(origin)}`;
  }
  return origins.length > 1 && origins.includes('*') ? "nothing beside '*'" : undefined;
}

/** An origin, whose host may begin with `*.` */
function isOrigin(text: string): boolean {
  const plain = text.replace('://*.', '://');
  return URL_TEXT.test(text) && URL.canParse(plain) && new URL(plain).origin === plain;
}

/** Writes Permissions-Policy, a dictionary of lists (Permissions Policy §5.2). */
export function writeFeatures(features: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(features)
    .map(([feature, origins]) => `${toKebabCase(feature)}=${writeOrigins(origins)}`)
    .join(', ');
}

function writeOrigins(origins: readonly string[]): string {
  if (origins[0] === '*') return '*';
  return `(${origins.map((origin) => (/^(?:self|src)$/.test(origin) ? origin : `"${origin}"`)).join(' ')})`;
}

/** Writes Strict-Transport-Security (RFC 6797 §6.1). */
export function writeTransportSecurity({
  maxAge,
  includeSubDomains,
  preload,
}: StrictTransportSecurity): string {
  return [`max-age=${maxAge}`, includeSubDomains && 'includeSubDomains', preload && 'preload']
    .filter((part) => part !== false && part !== undefined)
    .join('; ');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
