import { parseHost } from './host';
import type { RequestSource } from './request-source';
import { parseForwardedAddress, type IsTrustedProxy } from './trusted-proxies';

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
    private readonly isTrusted: IsTrustedProxy,
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
      this.isTrusted,
    ));
  }
}

/** More proxies than these are not walked through. */
const MOST_HOPS = 32;

/**
 * Walks X-Forwarded-For from the right, from proxy to proxy, to the first address that is none of them: what stands
 * to the left of it anybody may have written. X-Forwarded-Proto and X-Forwarded-Host are read at the same place.
 * What can not be read ends the walk. Pure.
 */
export function findForwardedFacts(
  peer: string,
  readHeader: (lowerName: string) => string | undefined,
  isTrusted: IsTrustedProxy,
): ForwardedFacts {
  const entries = splitList(readHeader('x-forwarded-for'));
  let address = peer;
  let hops = 0;
  const isBehindProxy = isTrusted(address, 0);
  while (hops < entries.length && hops < MOST_HOPS && isTrusted(address, hops)) {
    const next = parseForwardedAddress(entries[entries.length - 1 - hops]!);
    if (next === undefined) break;
    address = next;
    hops++;
  }
  const pick = (name: string): string | undefined =>
    isBehindProxy ? pickFromRight(splitList(readHeader(name)), hops) : undefined;
  return {
    address,
    protocol: /^(?:https|wss)$/i.test(pick('x-forwarded-proto') ?? '') ? 'https' : 'http',
    host: findHost(pick('x-forwarded-host')) ?? readHeader('host'),
  };
}

/** A proxy that adds to the list adds at its end, one that replaces it leaves one: the first, where it is too short. */
function pickFromRight(entries: readonly string[], hops: number): string | undefined {
  return entries[Math.max(0, entries.length - Math.max(1, hops))];
}

function findHost(text: string | undefined): string | undefined {
  return text === undefined || parseHost(text) === undefined ? undefined : text;
}

function splitList(header: string | undefined): string[] {
  return header === undefined ? [] : header.split(',').map((entry) => entry.trim());
}
