import { loadNet, parseAddress, parseRange } from './ip-range';

/** The trusted proxies: that many next to the application, or those at the listed addresses, ranges and names. */
export type TrustProxy = number | readonly string[];

/** Answers whether the address, `hop` steps away, is a trusted proxy. Step 0 is the other end of the connection. */
export type IsTrustedProxy = (address: string, hop: number) => boolean;

/** Loopback: RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3. Private: RFC 1918 and RFC 4193. */
const NAMED_RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** The name for the other end of a Unix socket, which has no address. */
const UNIX = 'unix';

/** The name for every client: then each of them says who it is. */
const ALL = 'all';

/** Compiles the list into one function. `findTrustFault` must have found no fault in it. */
export function compileTrust(trust: TrustProxy): IsTrustedProxy {
  if (typeof trust === 'number') return (_address, hop) => hop < trust;
  if (trust.includes(ALL)) return () => true;
  const { BlockList, isIP } = loadNet();
  const proxies = new BlockList();
  for (const entry of trust.flatMap((name) => NAMED_RANGES[name] ?? [name])) {
    const range = parseRange(entry);
    if (range !== undefined) proxies.addSubnet(range.address, range.bits, range.family);
  }
  const trustsUnix = trust.includes(UNIX);
  return rememberAnswers((address) => {
    const version = isIP(address);
    if (version === 0) return address === '' && trustsUnix;
    return proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
  });
}

/** An application has a few proxies; the addresses that clients write into headers must not fill the memory. */
const MOST_REMEMBERED = 256;

/** The check of an address takes longer than all else about a request behind a proxy, and its answer never changes. */
function rememberAnswers(check: (address: string) => boolean): IsTrustedProxy {
  const answers = new Map<string, boolean>();
  return (address) => {
    let answer = answers.get(address);
    if (answer !== undefined) return answer;
    answer = check(address);
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    answers.set(address, answer);
    return answer;
  };
}

/** Finds the fault in a `trustProxy` option, as the end of a sentence: `must …`. Undefined when there is none. */
export function findTrustFault(value: unknown): string | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 1 ? undefined : 'must count at least one proxy';
  if (!Array.isArray(value) || value.length === 0)
    return 'must be a number of proxies, or a list of their addresses';
  const entries: readonly unknown[] = value;
  const wrong = entries.findIndex((entry) => !isKnown(entry));
  if (wrong === -1) return undefined;
  return (
    findWideRangeFault(entries[wrong]) ??
    `must list addresses ('10.0.0.1'), ranges ('10.0.0.0/8'), 'loopback', 'private', 'unix' or 'all', but has ${JSON.stringify(entries[wrong]) ?? 'something else'}`
  );
}

/**
 * The canonical address in an entry of X-Forwarded-For, which may have a port; undefined when the entry is not an
 * address.
 */
export function parseForwardedAddress(text: string): string | undefined {
  const bare = /^\[([0-9a-f:.]+)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/i.exec(text);
  return parseAddress(bare?.[1] ?? bare?.[2] ?? text);
}

/** The fault of a range that is well written but has every IPv4 address in it. */
function findWideRangeFault(entry: unknown): string | undefined {
  const [address = '', bits = '', ...rest] = typeof entry === 'string' ? entry.split('/') : [];
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > 128) return undefined;
  if (parseAddress(address) === undefined || loadNet().isIP(address) !== 6) return undefined;
  return `must not have ${JSON.stringify(entry)}, which contains every IPv4 address; write an IPv4 range ('10.0.0.0/8') or more bits, or 'all' for every client`;
}

function isKnown(entry: unknown): boolean {
  if (typeof entry !== 'string') return false;
  return (
    entry === UNIX || entry === ALL || Object.hasOwn(NAMED_RANGES, entry) || parseRange(entry) !== undefined
  );
}
