import { parseHost } from './host';

/** The hosts that a route answers, taken apart. Frozen. */
export interface HostPattern {
  /** As it is compared: in lower case, the names of parameters as written. */
  readonly text: string;
  /** The same with the parameters' names taken out: equal shapes answer the same hosts. */
  readonly shape: string;
  readonly labels: readonly string[];
  /** The names of the parameters, in order. */
  readonly parameters: readonly string[];
}

const PARAMETER = /^:[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a host to route on: `api.example.com`, `*.example.com` (any subdomain, and not `example.com` itself), or
 * `:tenant.example.com` (one label, with a name). Ports are no part of it. Pure.
 *
 * @returns the pattern, or a sentence that says what is wrong
 */
export function parseHostPattern(text: string): HostPattern | string {
  const written = text.startsWith('[') ? [text] : text.split('.');
  if (written.indexOf('*', 1) !== -1) return 'A * may only be its first label.';
  const host = parseHost(written.map((label) => (isOpen(label) ? 'x' : label)).join('.'));
  if (host === undefined) return 'It is no host name.';
  if (host.port !== undefined) return 'Ports are not routed on.';
  const names = host.name.startsWith('[') ? [host.name] : host.name.split('.');
  const labels = names.map((name, index) => (isOpen(written[index]!) ? written[index]! : name));
  if (labels[0] === '*' && labels.length === 1) return 'A route without a host answers every host.';
  const parameters = labels.filter((label) => label.startsWith(':')).map((label) => label.slice(1));
  const repeated = parameters.find((name, index) => parameters.indexOf(name) !== index);
  if (repeated !== undefined) return `The parameter :${repeated} stands in it twice.`;
  return Object.freeze({
    text: labels.join('.'),
    shape: labels.map((label) => (label.startsWith(':') ? ':' : label)).join('.'),
    labels: Object.freeze(labels),
    parameters: Object.freeze(parameters),
  });
}

/** Answers whether a host is one of the pattern's; its name as `parseHost` gives it. */
export function matchesHost({ labels }: HostPattern, name: string): boolean {
  const given = name.split('.');
  const more = given.length - labels.length;
  if (more < 0 || (more > 0 && labels[0] !== '*')) return false;
  return labels.every((label, index) => isOpen(label) || label === given[index + more]);
}

/** Orders patterns by how much they say, the most first: label by label from the right, written out before `:name` before `*`. */
export function compareHosts(one: HostPattern | undefined, other: HostPattern | undefined): number {
  const [first, second] = [rankHost(one), rankHost(other)];
  return first < second ? -1 : Number(first > second);
}

/** What sorts as text: no pattern at all comes last. */
function rankHost(pattern: HostPattern | undefined): string {
  if (pattern === undefined) return '3';
  const ranks = pattern.labels.map((label) => (label === '*' ? '2' : label.startsWith(':') ? '1' : '0'));
  return ranks.reverse().join('');
}

/** Answers whether the label stands for others. */
function isOpen(label: string): boolean {
  return label === '*' || PARAMETER.test(label);
}
