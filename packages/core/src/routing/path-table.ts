import { isServedMethod, ROUTE_METHODS, type HttpMethod, type RouteMethod } from './http-method';
import type { PathPattern } from './path-pattern';

/** What was found for a path. */
export interface PathMatch<T> {
  readonly value: T;
  /** The values of the parameters, in order, still percent-encoded. */
  readonly parameters: readonly string[];
}

interface PathNode<T> {
  readonly literals: Map<string, PathNode<T>>;
  parameter: PathNode<T> | undefined;
  /** What ends here, and what a `*` here takes, by method. */
  readonly ends: Map<RouteMethod, T>;
  readonly rests: Map<RouteMethod, T>;
}

/**
 * Finds routes by path as µWebSockets' own router does: the most specific pattern wins (literal, then parameter,
 * then `*`), whatever the order of registration; at equal specificity a method wins over ALL.
 */
export class PathTable<T> {
  private readonly root: PathNode<T> = makeNode();

  add(method: RouteMethod, pattern: PathPattern, value: T): void {
    let node = this.root;
    for (const segment of pattern.segments) {
      if (segment === '*') {
        node.rests.set(method, value);
        return;
      }
      node = segment.startsWith(':') ? (node.parameter ??= makeNode()) : findOrAdd(node.literals, segment);
    }
    node.ends.set(method, value);
  }

  /** What answers `method` on `path`; undefined where nothing does. */
  find(method: string, path: string): PathMatch<T> | undefined {
    return this.pick(method, path, (value) => value);
  }

  /** What `pick` makes of the most specific that it makes something of. */
  pick<U>(method: string, path: string, pick: (value: T) => U | undefined): PathMatch<U> | undefined {
    if (!isServedMethod(method)) return undefined;
    const parameters: string[] = [];
    const segments = path.slice(1).split('/');
    const value = search(this.root, segments, 0, parameters, (ends) => pickEnd(ends, method, pick));
    return value === undefined ? undefined : { value, parameters };
  }

  /** The methods that are answered on `path`, HEAD and OPTIONS included where anything is; empty where nothing is. */
  findAllowed(path: string, pick: (value: T) => unknown = (value) => value): HttpMethod[] {
    const allowed = ROUTE_METHODS.filter((method) => this.pick(method, path, pick) !== undefined);
    return allowed.length === 0 || allowed.includes('OPTIONS') ? allowed : [...allowed, 'OPTIONS'];
  }
}

type Ends<T> = ReadonlyMap<RouteMethod, T>;

function pickEnd<T, U>(ends: Ends<T>, method: HttpMethod, pick: (value: T) => U | undefined): U | undefined {
  const [own, any] = [ends.get(method), ends.get('ALL')];
  return (own === undefined ? undefined : pick(own)) ?? (any === undefined ? undefined : pick(any));
}

function search<T, U>(
  node: PathNode<T>,
  segments: readonly string[],
  depth: number,
  parameters: string[],
  pick: (ends: Ends<T>) => U | undefined,
): U | undefined {
  if (depth === segments.length) return pick(node.ends);
  const segment = segments[depth]!;
  const literal = node.literals.get(segment);
  const found = literal && search(literal, segments, depth + 1, parameters, pick);
  if (found !== undefined) return found;
  if (node.parameter !== undefined && segment !== '') {
    parameters.push(segment);
    const deeper = search(node.parameter, segments, depth + 1, parameters, pick);
    if (deeper !== undefined) return deeper;
    parameters.pop();
  }
  return pick(node.rests);
}

function makeNode<T>(): PathNode<T> {
  return { literals: new Map(), parameter: undefined, ends: new Map(), rests: new Map() };
}

function findOrAdd<T>(nodes: Map<string, PathNode<T>>, segment: string): PathNode<T> {
  let node = nodes.get(segment);
  if (node === undefined) nodes.set(segment, (node = makeNode()));
  return node;
}
