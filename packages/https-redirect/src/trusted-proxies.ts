import { BlockList, isIP } from 'node:net';

/** Whose word counts: everybody's, nobody's, or that of the listed addresses and ranges (`10.0.0.0/8`). */
export type TrustProxy = boolean | readonly string[];

/** Makes the question whether the other end of a connection, by its address, is a trusted proxy. */
export function compileTrust(trustProxy: TrustProxy): (address: string) => boolean {
  if (typeof trustProxy === 'boolean') return () => trustProxy;
  const proxies = new BlockList();
  for (const entry of trustProxy) {
    const { address, prefix } = parseRange(entry)!;
    proxies.addSubnet(address, prefix, familyOf(address));
  }
  return (address) => isIP(address) !== 0 && proxies.check(address, familyOf(address));
}

/** What is wrong with the option, as `must …`; undefined where it can be used. */
export function findTrustFault(value: unknown): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (!Array.isArray(value) || value.length === 0)
    return 'must be true, false, or a list of the addresses of your proxies';
  const entries: readonly unknown[] = value;
  const wrong = entries.findIndex((entry) => typeof entry !== 'string' || parseRange(entry) === undefined);
  if (wrong === -1) return undefined;
  return `must have addresses or ranges as in '10.0.0.1' or '10.0.0.0/8', which ${JSON.stringify(entries[wrong]) ?? 'its entry'} is not`;
}

/** An address, which is a range of one, or `address/bits`; undefined where it is neither. */
function parseRange(text: string): { readonly address: string; readonly prefix: number } | undefined {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return undefined;
  const widest = family === 4 ? 32 : 128;
  if (bits === undefined) return { address, prefix: widest };
  const prefix = Number(bits);
  return /^\d{1,3}$/.test(bits) && prefix <= widest ? { address, prefix } : undefined;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
