import { CLAIM_READERS, type ForwardedClaim, type ProxyHeaders, type ReadClaims } from './forwarded-claims';
import { parseHost } from '../../routing/host';
import type { RequestSource } from '../request-source';
import { compileTrust, type IsTrustedProxy, type TrustProxy } from './trusted-proxies';

/** Which proxies are believed, and in which headers they say what. */
export interface ProxyTrust {
  readonly isTrusted: IsTrustedProxy;
  readonly readClaims: ReadClaims;
}

/** Makes ready what the options say; undefined where no proxy is trusted. */
export function compileProxyTrust(
  trust: TrustProxy | undefined,
  headers: ProxyHeaders = 'x-forwarded',
): ProxyTrust | undefined {
  if (trust === undefined) return undefined;
  return { isTrusted: compileTrust(trust), readClaims: CLAIM_READERS[headers] };
}

/** What the trusted proxies say of a client. */
export interface ForwardedFacts {
  readonly address: string;
  readonly protocol: 'http' | 'https';
  readonly host: string | undefined;
}

/** Who has really asked, and for what: the client behind the trusted proxies. Looked for when first asked for. */
export class ForwardedClient implements ForwardedFacts {
  private known: ForwardedFacts | undefined;

  constructor(
    private readonly source: Pick<RequestSource, 'readAddress' | 'readHeader'>,
    private readonly trust: ProxyTrust,
  ) {}

  get address(): string {
    return this.facts.address;
  }

  get protocol(): 'http' | 'https' {
    return this.facts.protocol;
  }

  get host(): string | undefined {
    return this.facts.host;
  }

  private get facts(): ForwardedFacts {
    return (this.known ??= findForwardedFacts(
      this.source.readAddress(),
      (name) => this.source.readHeader(name),
      this.trust,
    ));
  }
}

/** More proxies than these are not walked through. */
const MOST_HOPS = 32;

/**
 * Walks what is said from the right, from proxy to proxy, to the first address that is none of them: what stands to
 * the left of it anybody may have written. Of scheme and host the word of the farthest proxy that says one counts.
 * What can not be read ends the walk. Pure.
 */
export function findForwardedFacts(
  peer: string,
  readHeader: (lowerName: string) => string | undefined,
  { isTrusted, readClaims }: ProxyTrust,
): ForwardedFacts {
  let address = peer;
  let believed: Omit<ForwardedClaim, 'address'> = { protocol: undefined, host: undefined };
  let hop = 0;
  for (const claim of isTrusted(peer, 0) ? readClaims(readHeader) : []) {
    believed = { protocol: claim.protocol ?? believed.protocol, host: claim.host ?? believed.host };
    hop++;
    if (claim.address === undefined) break;
    address = claim.address;
    if (hop === MOST_HOPS || !isTrusted(address, hop)) break;
  }
  return {
    address,
    protocol: /^(?:https|wss)$/i.test(believed.protocol ?? '') ? 'https' : 'http',
    host: findHost(believed.host) ?? readHeader('host'),
  };
}

function findHost(text: string | undefined): string | undefined {
  return text === undefined || parseHost(text) === undefined ? undefined : text;
}
