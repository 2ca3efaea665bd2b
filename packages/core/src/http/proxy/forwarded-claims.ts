import { parseForwarded } from './forwarded-header';
import { parseForwardedAddress } from './trusted-proxies';

/** The headers in which proxies describe their client: the three X-Forwarded ones, or `Forwarded` (RFC 7239). */
export type ProxyHeaders = 'x-forwarded' | 'forwarded';

/** The client as one proxy describes it. */
export interface ForwardedClaim {
  /** The other end of the proxy's connection; undefined when the proxy does not name it, or not by an address. */
  readonly address: string | undefined;
  readonly protocol: string | undefined;
  readonly host: string | undefined;
}

type ReadHeader = (lowerName: string) => string | undefined;

/** Reads the claims of the proxies, the one next to the application first. They are parsed as they are pulled. */
export type ReadClaims = (readHeader: ReadHeader) => Iterable<ForwardedClaim>;

/** The headers that report one part of the client, as Vary names them. */
export interface ClaimHeaders {
  readonly protocol: string;
  readonly host: string;
}

/** The names of the headers of each kind. */
export const CLAIM_HEADERS: Readonly<Record<ProxyHeaders, ClaimHeaders>> = {
  'x-forwarded': { protocol: 'X-Forwarded-Proto', host: 'X-Forwarded-Host' },
  forwarded: { protocol: 'Forwarded', host: 'Forwarded' },
};

/** The reader for each kind of headers. */
export const CLAIM_READERS: Readonly<Record<ProxyHeaders, ReadClaims>> = {
  'x-forwarded': readXForwarded,
  forwarded: readForwarded,
};

function* readXForwarded(readHeader: ReadHeader): Generator<ForwardedClaim> {
  const addresses = splitList(readHeader('x-forwarded-for'));
  const protocols = splitList(readHeader('x-forwarded-proto'));
  const hosts = splitList(readHeader('x-forwarded-host'));
  // Without X-Forwarded-For the proxy next to the application may still report the scheme and the host.
  for (let hop = 0; hop < Math.max(1, addresses.length); hop++) {
    yield {
      address: parseForwardedAddress(addresses.at(-1 - hop) ?? ''),
      protocol: pickFromRight(protocols, hop),
      host: pickFromRight(hosts, hop),
    };
  }
}

/** A proxy may append to the list or replace it. If it has too few entries, the first one counts for the other hops. */
function pickFromRight(entries: readonly string[], hop: number): string | undefined {
  return entries[Math.max(0, entries.length - 1 - hop)];
}

/** Empty members of a list do not count (RFC 9110 §5.6.1.2). */
function splitList(header = ''): string[] {
  return header
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function* readForwarded(readHeader: ReadHeader): Generator<ForwardedClaim> {
  for (const parameters of parseForwarded(readHeader('forwarded') ?? '')) {
    // The port may be an obfuscated name (RFC 7239 §6.3).
    const node = (parameters.get('for') ?? '').replace(/:_[\w.-]+$/, '');
    yield {
      address: parseForwardedAddress(node),
      protocol: parameters.get('proto'),
      host: parameters.get('host'),
    };
  }
}
