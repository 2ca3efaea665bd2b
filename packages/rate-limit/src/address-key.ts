const GROUPS = 8;
const GROUP_BITS = 16;

/**
 * The key of an address. IPv4 is the whole address, whatever its notation; of IPv6 only the first `prefixBits` count,
 * because a client chooses the rest. A Unix socket has no address; all its clients share a key.
 */
export function makeAddressKey(address: string, prefixBits: number): string {
  if (!address.includes(':')) return address === '' ? 'socket' : address;
  const groups = parseIPv6(address.split('%')[0]!);
  if (groups === undefined) return address.toLowerCase();
  if (isMappedIPv4(groups)) return [groups[6]!, groups[7]!].flatMap(splitGroup).join('.');
  const kept = groups.slice(0, Math.ceil(prefixBits / GROUP_BITS));
  const lastBits = prefixBits - (kept.length - 1) * GROUP_BITS;
  kept[kept.length - 1]! &= 0xffff << (GROUP_BITS - lastBits);
  return `${kept.map((group) => group.toString(16)).join(':')}::/${prefixBits}`;
}

/** The groups of an IPv6 address in any notation (RFC 4291 §2.2); undefined for anything else. */
function parseIPv6(text: string): number[] | undefined {
  const [head = '', tail, ...others] = text.split('::');
  const first = parseGroups(head);
  const last = parseGroups(tail ?? '');
  if (first === undefined || last === undefined || others.length > 0) return undefined;
  const missing = GROUPS - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...first, ...Array<number>(missing).fill(0), ...last];
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups = parts.flatMap((part, index) =>
    index === parts.length - 1 && part.includes('.') ? parseIPv4(part) : [parseGroup(part)],
  );
  return groups.includes(NaN) ? undefined : groups;
}

function parseGroup(text: string): number {
  return /^[0-9a-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : NaN;
}

/** An IPv4 address as two groups. */
function parseIPv4(text: string): number[] {
  const octets = text
    .split('.')
    .map((part) => (/^\d{1,3}$/.test(part) && Number(part) < 256 ? Number(part) : NaN));
  if (octets.length !== 4 || octets.includes(NaN)) return [NaN];
  const [a, b, c, d] = octets as [number, number, number, number];
  return [(a << 8) | b, (c << 8) | d];
}

/** Answers whether the address is `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2). A prefix would put all IPv4 clients together. */
function isMappedIPv4(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function splitGroup(group: number): number[] {
  return [group >> 8, group & 0xff];
}
