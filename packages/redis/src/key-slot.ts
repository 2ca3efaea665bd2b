const SLOTS = 16_384;

/** CRC-16/XMODEM, which Redis Cluster uses, a byte at a time. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/**
 * The slot of a key in Redis Cluster. If the key has a hash tag, the text between its first `{` and the next `}`, only
 * that counts; an empty tag is not one.
 *
 * @example keySlot('limits:{203.0.113.7}:burst') === keySlot('limits:{203.0.113.7}:daily') // true
 */
export function keySlot(key: string): number {
  let crc = 0;
  for (const byte of Buffer.from(findHashed(key), 'utf8'))
    crc = ((crc << 8) & 0xffff) ^ TABLE[(crc >> 8) ^ byte]!;
  return crc % SLOTS;
}

/** The part of a key that decides about its slot. */
function findHashed(key: string): string {
  const open = key.indexOf('{');
  const close = open === -1 ? -1 : key.indexOf('}', open + 1);
  return close > open + 1 ? key.slice(open + 1, close) : key;
}

/**
 * Checks that one node of a cluster has all keys of a script. It is checked without a cluster, too, so that the mistake
 * does not wait for production.
 *
 * @throws RangeError that names two keys in different slots
 */
export function checkOneSlot(keys: readonly string[]): void {
  const [first, ...others] = keys;
  if (first === undefined || others.length === 0) return;
  const tag = findHashed(first);
  const stray = others.find((key) => findHashed(key) !== tag && keySlot(key) !== keySlot(first));
  if (stray === undefined) return;
  throw new RangeError(
    `The keys ${JSON.stringify(first)} and ${JSON.stringify(stray)} are in different slots of a cluster. Give all keys of a script the same hash tag: {user:7}.`,
  );
}
