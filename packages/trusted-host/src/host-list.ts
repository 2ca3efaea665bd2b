import { domainToASCII } from 'node:url';
import { parseHost, type Host } from '@sluice/core';

/** One entry of `allowedHosts`, taken apart. */
export interface HostEntry extends Host {
  /** Whether it stands for the subdomains of `name`, and not for `name`. */
  readonly isWildcard: boolean;
}

/** The ports an entry allows; `any` where it was written without one. */
type Ports = 'any' | Set<number>;

/** The ports that are left out of a Host header, of http and https. */
const DEFAULT_PORTS = [80, 443];

/** Reads an entry: `app.example`, `app.example:8000`, `*.app.example`, `[::1]:8000`, `::1`. Undefined where it is none. */
export function parseEntry(text: string): HostEntry | undefined {
  const isWildcard = text.startsWith('*.');
  const written = isWildcard ? text.slice(2) : text;
  const host = parseHost(written) ?? parseHost(`[${written}]`);
  if (host === undefined) return undefined;
  const isAddress = host.name.startsWith('[') || /\.\d+$/.test(host.name);
  return isWildcard && isAddress ? undefined : { ...host, isWildcard };
}

/** What is wrong with an entry, as `must …`; undefined where it can be used. `*` alone is no business of this function. */
export function findEntryFault(text: string): string | undefined {
  if (parseEntry(text) !== undefined) return undefined;
  const quoted = JSON.stringify(text);
  if (text.includes('://')) {
    const host = URL.canParse(text) ? new URL(text).host : 'app.example';
    return `must have hosts, not URLs such as ${quoted}: write ${JSON.stringify(host)}`;
  }
  if (text.includes('*'))
    return `must have wildcards only as the first label, as in '*.app.example', not ${quoted}`;
  const encoded = domainToASCII(text);
  const cure = encoded !== '' && parseHost(encoded) !== undefined ? `: write ${JSON.stringify(encoded)}` : '';
  return `must have hosts as in 'app.example', 'app.example:8000' or '[::1]', which ${quoted} is not${cure}`;
}

/** The allowed hosts, asked by name and port. */
export class HostList {
  private readonly names = new Map<string, Ports>();
  private readonly parents = new Map<string, Ports>();

  constructor(entries: readonly HostEntry[]) {
    for (const { name, port, isWildcard } of entries)
      addPort(isWildcard ? this.parents : this.names, name, port);
  }

  /** Answers whether an entry allows the host. */
  has(host: Host): boolean {
    return this.hasName(host) || this.hasParent(host);
  }

  /** The same without the wildcards: whether the name itself is on the list. */
  hasName({ name, port }: Host): boolean {
    return allowsPort(this.names.get(name), port);
  }

  private hasParent({ name, port }: Host): boolean {
    if (this.parents.size === 0) return false;
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
      if (allowsPort(this.parents.get(name.slice(dot + 1)), port)) return true;
    }
    return false;
  }
}

function addPort(map: Map<string, Ports>, name: string, port: number | undefined): void {
  const present = map.get(name);
  if (port === undefined || present === 'any') map.set(name, 'any');
  else map.set(name, (present ?? new Set<number>()).add(port));
}

function allowsPort(ports: Ports | undefined, port: number | undefined): boolean {
  if (ports === undefined || ports === 'any') return ports === 'any';
  return port === undefined ? DEFAULT_PORTS.some((usual) => ports.has(usual)) : ports.has(port);
}
