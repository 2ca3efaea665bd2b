const GROUPS = 8;
const GROUP_BITS = 16;
const MOST_DIGITS = 4;
const COLON = 0x3a;
const DOT = 0x2e;
const PERCENT = 0x25;

/** The groups of the address that is being read. It is filled and used without a pause, so one is enough. */
const groups = new Uint16Array(GROUPS);

/**
 * The key of an address. IPv4 is the whole address, whatever its notation; of IPv6 only the first `prefixBits` count,
 * because a client chooses the rest. A Unix socket has no address; all its clients share a key.
 */
export function makeAddressKey(address: string, prefixBits: number): string {
  if (!address.includes(':')) return address === '' ? 'socket' : address;
  if (!readIPv6(address)) return address.toLowerCase();
  if (isMappedIPv4()) return `${groups[6]! >> 8}.${groups[6]! & 255}.${groups[7]! >> 8}.${groups[7]! & 255}`;
  let text = '';
  for (let index = 0; index * GROUP_BITS < prefixBits; index++) {
    const bits = Math.min(GROUP_BITS, prefixBits - index * GROUP_BITS);
    text += `${(groups[index]! & (0xffff << (GROUP_BITS - bits))).toString(16)}:`;
  }
  return `${text}:/${prefixBits}`;
}

/**
 * Reads an IPv6 address in any notation (RFC 4291 §2.2), in one pass, because it is read with every request. Returns
 * false for anything else.
 */
function readIPv6(text: string): boolean {
  let count = 0;
  let gap = -1;
  let value = 0;
  let digits = 0;
  let isOpen = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const digit = readHex(code);
    if (digit !== -1) {
      if (++digits > MOST_DIGITS) return false;
      value = value * 16 + digit;
      isOpen = false;
    } else if (code === COLON) {
      const isGap = text.charCodeAt(index + 1) === COLON;
      if (digits > 0 ? count === GROUPS : index > 0 || !isGap) return false;
      if (digits > 0) groups[count++] = value;
      value = digits = 0;
      isOpen = !isGap;
      if (!isGap) continue;
      if (gap !== -1) return false;
      gap = count;
      index++;
    } else if (code === DOT) {
      const dotted = parseIPv4(text.slice(index - digits).split('%', 1)[0]!);
      if (dotted === undefined || count > GROUPS - 2) return false;
      groups[count++] = dotted >>> GROUP_BITS;
      groups[count++] = dotted & 0xffff;
      return spread(count, gap);
    } else if (code === PERCENT) break;
    else return false;
  }
  if (isOpen || (digits > 0 && count === GROUPS)) return false;
  if (digits > 0) groups[count++] = value;
  return spread(count, gap);
}

/** Puts zeros where the address has `::`. Returns whether it then has all groups. */
function spread(count: number, gap: number): boolean {
  if (gap === -1) return count === GROUPS;
  if (count === GROUPS) return false;
  groups.copyWithin(GROUPS - (count - gap), gap, count);
  groups.fill(0, gap, GROUPS - (count - gap));
  return true;
}

function readHex(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** An IPv4 address as a number; undefined for anything else. */
function parseIPv4(text: string): number | undefined {
  const octets = text.split('.');
  if (
    octets.length !== 4 ||
    !octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256)
  )
    return undefined;
  return octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** Answers whether the address is `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2). A prefix would put all IPv4 clients together. */
function isMappedIPv4(): boolean {
  for (let index = 0; index < 5; index++) if (groups[index] !== 0) return false;
  return groups[5] === 0xffff;
}
