/** The addresses that share the first `bits` bits with one of them. */
export interface IpRange {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** The first 96 bits of an IPv4-mapped address (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = 96;

/**
 * The one canonical text of an address (RFC 5952): `2001:DB8:0:0::1` becomes `2001:db8::1`, and an IPv4-mapped address
 * the IPv4 address. Undefined when the text is not an address, or has a zone (`%eth0`).
 */
export function parseAddress(text: string): string | undefined {
  const version = loadNet().isIP(text);
  if (version !== 6) return version === 4 ? text : undefined;
  if (text.includes('%')) return undefined;
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(canonical);
  if (mapped === null) return canonical;
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/**
 * Parses `address/bits`, or an address, which is a range of one. An IPv4-mapped range of 96 bits or more is the IPv4
 * range. Undefined when the text is neither, or an IPv6 range that has all IPv4-mapped addresses in it, and so every
 * IPv4 address (CVE-2026-90711 of proxy-addr).
 */
export function parseRange(text: string): IpRange | undefined {
  const [written = '', length, ...rest] = text.split('/');
  const address = parseAddress(written);
  if (address === undefined || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
    return undefined;
  const { BlockList, isIP } = loadNet();
  const isWrittenAsV4 = isIP(written) === 4;
  const isV4 = isIP(address) === 4;
  const bits = length === undefined ? (isWrittenAsV4 ? 32 : 128) : Number(length);
  if (bits > (isWrittenAsV4 ? 32 : 128)) return undefined;
  if (isWrittenAsV4) return { address, bits, family: 'ipv4' };
  if (isV4) return bits < MAPPED_BITS ? undefined : { address, bits: bits - MAPPED_BITS, family: 'ipv4' };
  const range = new BlockList();
  range.addSubnet(address, bits, 'ipv6');
  return range.check('::ffff:0.0.0.0', 'ipv6') ? undefined : { address, bits, family: 'ipv6' };
}

let net: typeof import('node:net') | undefined;

/** Loads the module once, because every request checks addresses. */
export function loadNet(): typeof import('node:net') {
  return (net ??= require('node:net') as typeof import('node:net'));
}
