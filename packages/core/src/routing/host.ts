/** The content of a Host header. */
export interface Host {
  /** In lower case and without a trailing dot. An IPv6 address is in brackets and in canonical form (RFC 5952). */
  readonly name: string;
  /** From 0 to 65535; undefined if the header has none. */
  readonly port: number | undefined;
}

const HOST_AND_PORT = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,254})(?::(\d{1,5}))?$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_NAME = 253;
/** URL parsers read a name whose last label is a number as an IPv4 address, in any spelling. */
const NUMERIC_LABEL = /^(?:\d+|0x[0-9a-f]*)$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/**
 * Parses `uri-host [":" port]` (RFC 9110 §7.2, RFC 3986 §3.2.2). It is strict: it accepts no user information, no
 * percent-encoding, no underscore, no colon without a port, and IPv4 addresses in their usual form only. Pure.
 *
 * @returns the host, or undefined if the text is not one
 */
export function parseHost(text: string): Host | undefined {
  // Match first, then lower the case: the Kelvin sign is not a letter of a host, but its lower case is `k`.
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
