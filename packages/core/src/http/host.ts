import { isIPv6 } from 'node:net';

/** A Host header, taken apart. */
export interface Host {
  /** In lower case, without a trailing dot; an IPv6 address in brackets, in canonical form (RFC 5952). */
  readonly name: string;
  /** 0 to 65535; undefined where none is written. */
  readonly port: number | undefined;
}

const REG_NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?$/;
const DOTTED_NUMBERS = /^[0-9.]+$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const LONGEST_NAME = 254;

/**
 * Reads `uri-host [":" port]` (RFC 9110 §7.2, RFC 3986 §3.2.2), strictly: no userinfo, no percent-encoding,
 * no underscore, no other spellings of IPv4. Undefined where it is none.
 */
export function parseHost(text: string): Host | undefined {
  const lower = text.toLowerCase();
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/.exec(lower);
  if (match === null) return undefined;
  const port = match[2] === undefined ? undefined : Number(match[2]);
  if (port !== undefined && port > 65535) return undefined;
  const name = match[1]!.startsWith('[') ? parseIPv6(match[1]!.slice(1, -1)) : parseName(match[1]!);
  return name === undefined ? undefined : { name, port };
}

function parseIPv6(address: string): string | undefined {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname : undefined;
}

function parseName(name: string): string | undefined {
  if (name.length > LONGEST_NAME || !REG_NAME.test(name)) return undefined;
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  if (DOTTED_NUMBERS.test(bare) && !IPV4.test(bare)) return undefined;
  return bare;
}
