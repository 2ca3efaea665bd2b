/** The last one: behind a proxy, most requests come from the same address. */
let latest = { octets: new Uint8Array(0), text: '' };

/** Formats a remote address of 4 or 16 bytes; an IPv4-mapped address becomes IPv4, and no address an empty text. */
export function formatAddress(bytes: ArrayBuffer | undefined): string {
  if (bytes === undefined) return '';
  const octets = new Uint8Array(bytes);
  if (!isEqual(octets, latest.octets)) latest = { octets: octets.slice(), text: formatOctets(octets) };
  return latest.text;
}

function formatOctets(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return '';
  if (isMappedIPv4(octets)) return octets.subarray(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((octets[index * 2]! << 8) | octets[index * 2 + 1]!).toString(16),
  );
  // The URL parser writes the one canonical form (RFC 5952).
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** Answers whether the address is `::ffff:a.b.c.d`. */
function isMappedIPv4(octets: Uint8Array): boolean {
  return octets.subarray(0, 10).every((octet) => octet === 0) && octets[10] === 0xff && octets[11] === 0xff;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
