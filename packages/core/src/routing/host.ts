/** A Host header, taken apart. */
export interface Host {
  /** In lower case, without a trailing dot; an IPv6 address in brackets, in canonical form (RFC 5952). */
  readonly name: string;
  /** 0 to 65535; undefined where none is written. */
  readonly port: number | undefined;
}

const HOST_AND_PORT = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,254})(?::(\d{1,5}))?$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_NAME = 253;
/** URL parsers take a name whose last label is a number for an IPv4 address, in whatever spelling. */
const NUMERIC_LABEL = /^(?:\d+|0x[0-9a-f]*)$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/**
 * Reads `uri-host [":" port]` (RFC 9110 §7.2, RFC 3986 §3.2.2), strictly: no userinfo, no percent-encoding,
 * no underscore, no colon without a port, no other spellings of IPv4. Undefined where it is none.
 */
export function parseHost(text: string): Host | undefined {
  // Matched before it is lowered: the Kelvin sign is no letter of a host, but its lower case is `k`.
  const match = HOST_AND_PORT.exec(text);
  if (match === null) return undefined;
  const port = match[2] === undefined ? undefined : Number(match[2]);
  if (port !== undefined && port > 65535) return undefined;
  const lower = match[1]!.toLowerCase();
  const name = lower.startsWith('[') ? parseIPv6(lower) : parseName(lower);
  return name === undefined ? undefined : { name, port };
}

function parseIPv6(bracketed: string): string | undefined {
  const url = `http://${bracketed}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function parseName(name: string): string | undefined {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  if (bare.length > LONGEST_NAME) return undefined;
  const labels = bare.split('.');
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  if (NUMERIC_LABEL.test(labels.at(-1)!) && !IPV4.test(bare)) return undefined;
  return bare;
}
