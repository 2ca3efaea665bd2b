import { parseForwarded } from './forwarded-header';
import { parseForwardedAddress } from './trusted-proxies';

/** The headers in which proxies say for whom they ask: the three X-Forwarded ones, or `Forwarded` (RFC 7239). */
export type ProxyHeaders = 'x-forwarded' | 'forwarded';

/** What one proxy says of the request that it has passed on. */
export interface ForwardedClaim {
  /** Who asked the proxy; undefined where it does not say, or says no address. */
  readonly address: string | undefined;
  readonly protocol: string | undefined;
  readonly host: string | undefined;
}

type ReadHeader = (lowerName: string) => string | undefined;

/** What the proxies say, the one next to the application first. Parsed only as far as somebody asks. */
export type ReadClaims = (readHeader: ReadHeader) => Iterable<ForwardedClaim>;

/** How the claims are read, for each kind of headers. */
export const CLAIM_READERS: Readonly<Record<ProxyHeaders, ReadClaims>> = {
  'x-forwarded': readXForwarded,
  forwarded: readForwarded,
};

function* readXForwarded(readHeader: ReadHeader): Generator<ForwardedClaim> {
  const addresses = splitList(readHeader('x-forwarded-for'));
  const protocols = splitList(readHeader('x-forwarded-proto'));
  const hosts = splitList(readHeader('x-forwarded-host'));
  // Where nobody says for whom, the proxy next to the application may still say what it was asked for.
  for (let hop = 0; hop < Math.max(1, addresses.length); hop++) {
    yield {
      address: parseForwardedAddress(addresses.at(-1 - hop) ?? ''),
      protocol: pickFromRight(protocols, hop),
      host: pickFromRight(hosts, hop),
    };
  }
}

/** A proxy that adds to the list adds at its end, one that replaces it leaves one: the first, where it is too short. */
function pickFromRight(entries: readonly string[], hop: number): string | undefined {
  return entries[Math.max(0, entries.length - 1 - hop)];
}

function splitList(header: string | undefined): string[] {
  return header === undefined ? [] : header.split(',').map((entry) => entry.trim());
}

function* readForwarded(readHeader: ReadHeader): Generator<ForwardedClaim> {
  for (const parameters of parseForwarded(readHeader('forwarded') ?? '')) {
    // The port may be a name that hides it (§6.3).
    const node = (parameters.get('for') ?? '').replace(/:_[\w.-]+$/, '');
    yield {
      address: parseForwardedAddress(node),
      protocol: parameters.get('proto'),
      host: parameters.get('host'),
    };
  }
}
