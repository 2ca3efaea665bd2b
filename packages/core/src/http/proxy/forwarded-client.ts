import {
  CLAIM_HEADERS,
  CLAIM_READERS,
  type ClaimHeaders,
  type ForwardedClaim,
  type ProxyHeaders,
  type ReadClaims,
} from './forwarded-claims';
import type { ResponseHeaders } from '../headers/headers';
import { parseHost } from '../../routing/host';
import { readAllLines } from '../headers/read-all-lines';
import type { RequestSource } from '../request-source';
import { compileTrust, type IsTrustedProxy, type TrustProxy } from './trusted-proxies';

/** The trusted proxies, and the headers in which they describe their clients. */
export interface ProxyTrust {
  readonly isTrusted: IsTrustedProxy;
  readonly readClaims: ReadClaims;
  readonly headers: ClaimHeaders;
}

/** Compiles the options `trustProxy` and `proxyHeaders`; undefined when no proxy is trusted. */
export function compileProxyTrust(
  trust: TrustProxy | undefined,
  headers: ProxyHeaders = 'x-forwarded',
): ProxyTrust | undefined {
  if (trust === undefined) return undefined;
  return {
    isTrusted: compileTrust(trust),
    readClaims: CLAIM_READERS[headers],
    headers: CLAIM_HEADERS[headers],
  };
}

/** The client behind the trusted proxies, and the address that it asked for. */
export interface ForwardedFacts {
  readonly address: string;
  readonly protocol: 'http' | 'https';
  /** Undefined if no trusted proxy reports a valid one. */
  readonly host: string | undefined;
}

/**
 * The client of one request behind the trusted proxies. The headers are read on first use, and it notes which parts
 * were asked for, because the response may depend on them.
 */
export class ForwardedClient implements ForwardedFacts {
  private known: ForwardedFacts | undefined;
  private gaveProtocol = false;
  private gaveHost = false;

  constructor(
    private readonly source: Pick<
      RequestSource,
      'isSecure' | 'hasLeft' | 'readAddress' | 'readHeader' | 'readHeaders'
    >,
    private readonly trust: ProxyTrust,
  ) {}

  get address(): string {
    return this.facts.address;
  }

  get protocol(): 'http' | 'https' {
    this.gaveProtocol = true;
    return this.facts.protocol;
  }

  get host(): string | undefined {
    this.gaveHost = true;
    return this.facts.host;
  }

  /** The protocol, without a note. */
  peekProtocol(): 'http' | 'https' {
    return this.facts.protocol;
  }

  /** The host, without a note. */
  peekHost(): string | undefined {
    return this.facts.host;
  }

  /**
   * Adds Vary on the headers from which scheme and host were taken (RFC 9110 §12.5.5), so that a cache gives no client
   * the response of another. Not on those of the address: responses that depend on it are for one client only.
   */
  addVary(headers: ResponseHeaders): void {
    const { protocol, host } = this.trust.headers;
    if (this.gaveProtocol) headers.vary(protocol);
    if (this.gaveHost) headers.vary(host);
  }

  private get facts(): ForwardedFacts {
    return (this.known ??= this.findFacts());
  }

  private findFacts(): ForwardedFacts {
    const { source } = this;
    const peer = { address: source.readAddress(), isSecure: source.isSecure };
    // A client that has left may have no address any more, which does not make it a trusted Unix socket.
    const isUnknown = peer.address === '' && source.hasLeft;
    const trust = isUnknown ? { ...this.trust, isTrusted: () => false } : this.trust;
    const facts = findForwardedFacts(peer, (name) => readAllLines(source, name), trust);
    return { ...facts, host: facts.host ?? source.readHeader('host') };
  }
}

/** The walk ends after this many proxies, so that a long header costs no more. */
const MOST_HOPS = 32;

/**
 * Walks the claims from the right, from proxy to proxy, to the first address that is not a trusted proxy: that is the
 * client, and it may have written everything further left. Scheme and host are those that the farthest trusted proxy
 * reports; without a report the scheme is that of the connection. An unreadable claim ends the walk. Pure.
 */
export function findForwardedFacts(
  peer: { readonly address: string; readonly isSecure: boolean },
  readHeader: (lowerName: string) => string | undefined,
  { isTrusted, readClaims }: ProxyTrust,
): ForwardedFacts {
  let { address } = peer;
  let believed: Omit<ForwardedClaim, 'address'> = { protocol: undefined, host: undefined };
  let hop = 0;
  for (const claim of isTrusted(address, 0) ? readClaims(readHeader) : []) {
    believed = { protocol: claim.protocol ?? believed.protocol, host: claim.host ?? believed.host };
    hop++;
    if (claim.address === undefined) break;
    address = claim.address;
    if (hop === MOST_HOPS || !isTrusted(address, hop)) break;
  }
  const { protocol } = believed;
  const isHttps = protocol === undefined ? peer.isSecure : /^(?:https|wss)$/i.test(protocol);
  return {
    address,
    protocol: isHttps ? 'https' : 'http',
    host: findHost(believed.host),
  };
}

function findHost(text: string | undefined): string | undefined {
  return text === undefined || parseHost(text) === undefined ? undefined : text;
}
