import { parseHost } from './host';
import { findRepeated, hideNames, isParameter, listNames } from './parameter-names';

/** The pattern of the hosts that a route answers, taken apart. Frozen. */
export interface HostPattern {
  /** The pattern in lower case, except for the names of its parameters. */
  readonly text: string;
  /** The pattern without the names of its parameters: patterns of equal shape match the same hosts. */
  readonly shape: string;
  readonly labels: readonly string[];
  /** The names of the parameters, in order. */
  readonly parameters: readonly string[];
}

/**
 * Parses the host of a route: `api.example.com`, `*.example.com` (any subdomain, but not `example.com` itself), or
 * `:tenant.example.com` (one label, with a name). A pattern has no port. Pure.
 *
 * @returns the pattern, or a sentence that says what is wrong
 */
export function parseHostPattern(text: string): HostPattern | string {
  const written = text.startsWith('[') ? [text] : text.split('.');
  if (written.indexOf('*', 1) !== -1) return 'Only the first label may be *.';
  const host = parseHost(written.map((label) => (isOpen(label) ? 'x' : label)).join('.'));
  if (host === undefined) return 'It is not a host name.';
  if (host.port !== undefined) return 'A host pattern cannot have a port.';
  const names = host.name.startsWith('[') ? [host.name] : host.name.split('.');
  const labels = names.map((name, index) => (isOpen(written[index]!) ? written[index]! : name));
  if (labels[0] === '*' && labels.length === 1) return 'A route without a host already matches every host.';
  const parameters = listNames(labels);
  return (
    findRepeated(parameters) ??
    Object.freeze({
      text: labels.join('.'),
      shape: hideNames(labels).join('.'),
      labels: Object.freeze(labels),
      parameters: Object.freeze(parameters),
    })
  );
}

/** Returns whether the pattern matches a host, given by its name as `parseHost` returns it. */
export function matchesHost({ labels }: HostPattern, name: string): boolean {
  const given = name.split('.');
  const more = given.length - labels.length;
  if (more < 0 || (more > 0 && labels[0] !== '*')) return false;
  return labels.every((label, index) => isOpen(label) || label === given[index + more]);
}

/**
 * Sorts the most specific pattern first. Labels are compared from the right: a literal comes before `:name`, and
 * `:name` before `*`. No pattern comes last.
 */
export function compareHosts(one: HostPattern | undefined, other: HostPattern | undefined): number {
  const [first, second] = [rankHost(one), rankHost(other)];
  return first < second ? -1 : Number(first > second);
}

/** A text with one digit for each label from the right, which sorts before the texts of less specific patterns. */
function rankHost(pattern: HostPattern | undefined): string {
  if (pattern === undefined) return '3';
  const ranks = pattern.labels.map((label) => (label === '*' ? '2' : isParameter(label) ? '1' : '0'));
  return ranks.reverse().join('');
}

/** Returns whether the label matches more than itself. */
function isOpen(label: string): boolean {
  return label === '*' || isParameter(label);
}
