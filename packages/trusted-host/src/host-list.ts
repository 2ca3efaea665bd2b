import { domainToASCII } from 'node:url';
import { parseHost, type Host } from '@sluice/core/kit';

/** An entry of `allowedHosts`, parsed. */
export interface HostEntry extends Host {
  /** Whether the entry allows the subdomains of `name`, and not `name` itself. */
  readonly isWildcard: boolean;
}

/** The ports that the entries of one name allow; `any` if an entry has no port. */
type Ports = 'any' | Set<number>;

/** The ports of http and https, which clients leave out of the Host header. */
const DEFAULT_PORTS = [80, 443];

/** Parses an entry: `app.example`, `app.example:8000`, `*.app.example`, `[::1]:8000`, `::1`. Undefined if it is invalid. */
export function parseEntry(text: string): HostEntry | undefined {
  const isWildcard = text.startsWith('*.');
  const written = isWildcard ? text.slice(2) : text;
  const host = parseHost(written) ?? parseHost(`[${written}]`);
  if (host === undefined) return undefined;
  const isAddress = host.name.startsWith('[') || /\.\d+$/.test(host.name);
  return isWildcard && isAddress ? undefined : { ...host, isWildcard };
}

/** Finds the fault of an entry, as `must …`; undefined if it is valid. The entry `*` is checked by the caller. */
export function findEntryFault(text: string): string | undefined {
  return parseEntry(text) === undefined
    ? `must not contain ${JSON.stringify(text)}; ${findEntryCure(text)}`
    : undefined;
}

function findEntryCure(text: string): string {
  if (URL.canParse(text) && text.includes('://'))
    return `write its host, ${JSON.stringify(new URL(text).host)}`;
  if (text.includes('*')) return "a wildcard must be the first label of a name, as in '*.app.example'";
  const encoded = domainToASCII(text);
  if (encoded !== '' && parseHost(encoded) !== undefined) return `write ${JSON.stringify(encoded)}`;
  return "write hosts as 'app.example', 'app.example:8000' or '[::1]'";
}

/** The allowed hosts, by name and port. */
export class HostList {
  private readonly names = new Map<string, Ports>();
  private readonly parents = new Map<string, Ports>();

  constructor(entries: readonly HostEntry[]) {
    for (const { name, port, isWildcard } of entries)
      addPort(isWildcard ? this.parents : this.names, name, port);
  }

  /** Returns whether an entry allows the host. */
  has(host: Host): boolean {
    return this.hasName(host) || this.hasParent(host);
  }

  /** Returns whether an entry without a wildcard allows the host. */
  hasName({ name, port }: Host): boolean {
    return allowsPort(this.names.get(name), port);
  }

  /** Returns whether an entry allows a www host, and none allows the same host without `www.`. */
  hasOnlyWww(): boolean {
    return [...this.names.keys()].some(
      (name) => name.startsWith('www.') && !this.has({ name: name.slice(4), port: undefined }),
    );
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
