import { isServedMethod, ROUTE_METHODS, type HttpMethod, type RouteMethod } from './http-method';
import type { PathPattern } from './path-pattern';

/** The result of a search. */
export interface PathMatch<T> {
  readonly value: T;
  /** The values of the parameters, in order, still percent-encoded. */
  readonly parameters: readonly string[];
}

interface PathNode<T> {
  readonly literals: Map<string, PathNode<T>>;
  parameter: PathNode<T> | undefined;
  /** The values of the patterns that end at this node, by method. */
  readonly ends: Map<RouteMethod, T>;
  /** The values of the patterns that continue with `*`, by method. */
  readonly rests: Map<RouteMethod, T>;
}

/**
 * Finds routes by path as the router of µWebSockets does. The most specific pattern wins (a literal, then a parameter,
 * then `*`), in whatever order they were added. On one path, a method wins over ALL.
 */
export class PathTable<T> {
  private readonly root: PathNode<T> = makeNode();
  /** The ends of the patterns that have only literals, by their path: the most specific ones of that path. */
  private readonly literals = new Map<string, Ends<T>>();

  add(method: RouteMethod, pattern: PathPattern, value: T): void {
    let node = this.root;
    const { segments } = pattern;
    for (const segment of segments) {
      if (segment === '*') {
        node.rests.set(method, value);
        return;
      }
      node = segment.startsWith(':') ? (node.parameter ??= makeNode()) : findOrAdd(node.literals, segment);
    }
    node.ends.set(method, value);
    if (!segments.some((segment) => segment.startsWith(':')))
      this.literals.set(`/${segments.join('/')}`, node.ends);
  }

  find(method: string, path: string): PathMatch<T> | undefined {
    return this.pick(method, path, (value) => value);
  }

  /** Finds the most specific value for which `pick` returns something, and returns that. */
  pick<U>(method: string, path: string, pick: (value: T) => U | undefined): PathMatch<U> | undefined {
    if (!isServedMethod(method)) return undefined;
    const literal = this.literals.get(path);
    const exact = literal === undefined ? undefined : pickEnd(literal, method, pick);
    if (exact !== undefined) return { value: exact, parameters: NONE };
    const parameters: string[] = [];
    const segments = path.slice(1).split('/');
    const value = search(this.root, segments, 0, parameters, (ends) => pickEnd(ends, method, pick));
    return value === undefined ? undefined : { value, parameters };
  }

  /** The methods that the path supports, always with OPTIONS; empty if it supports none. */
  findAllowed(path: string, pick: (value: T) => unknown = (value) => value): HttpMethod[] {
    if (!this.hasPath(path)) return [];
    const allowed = ROUTE_METHODS.filter((method) => this.pick(method, path, pick) !== undefined);
    return allowed.length === 0 || allowed.includes('OPTIONS') ? allowed : [...allowed, 'OPTIONS'];
  }

  /** Answers whether a pattern of any method matches, so that a path of none is searched for once. */
  private hasPath(path: string): boolean {
    const hasEnd = (ends: Ends<T>): true | undefined => (ends.size > 0 ? true : undefined);
    return search(this.root, path.slice(1).split('/'), 0, [], hasEnd) === true;
  }
}

const NONE: readonly string[] = [];

type Ends<T> = ReadonlyMap<RouteMethod, T>;

function pickEnd<T, U>(ends: Ends<T>, method: HttpMethod, pick: (value: T) => U | undefined): U | undefined {
  const own = ends.get(method);
  const picked = own === undefined ? undefined : pick(own);
  if (picked !== undefined) return picked;
  const any = ends.get('ALL');
  return any === undefined ? undefined : pick(any);
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
