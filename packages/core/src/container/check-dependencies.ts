import { Context } from '../http/context';
import type { Problems } from '../configuration/problems';
import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import type { Lifetime } from '../metadata/records';
import type { Token } from '../metadata/token';
import { bindClass, nameBinding, type Binding } from './binding';
import { BUILT_IN_TYPES } from '../metadata/built-in-types';
import { readChain } from '../metadata/class-chain';
import {
  describeCycle,
  describeMissingTypes,
  describeOutlived,
  describeUnended,
  describeUnresolved,
} from './dependency-problems';

/** A binding that is in order, with what follows from what it depends on. */
export interface CheckedBinding extends Binding {
  readonly asks: readonly Token[];
  readonly lifetime: Lifetime;
  /** It can only be made during a request: the path to what says so, itself first; empty where nothing does. */
  readonly requestPath: readonly string[];
}

/** What the walk goes by, and what it found. */
export interface DependencyGraph {
  /** What was said of tokens; classes need nothing said. */
  readonly bound: ReadonlyMap<Token, Binding>;
  /** Everything that was walked and is in order. */
  readonly checked: Map<Token, CheckedBinding>;
}

/** Checks everything that a token depends on, without constructing anything. Each problem names the whole path. */
export function checkDependencies(
  root: Token,
  graph: DependencyGraph,
  problems: Problems,
): CheckedBinding | undefined {
  return visitAsked(root, [], 0, { bound: graph.bound, checked: graph.checked, problems });
}

interface Walk extends DependencyGraph {
  readonly problems: Problems;
}

/** What a request is: everything that depends on it belongs to one. */
const REQUEST: CheckedBinding = {
  token: Context,
  asks: [],
  make: () => undefined,
  lifetime: 'request',
  requestPath: [Context.name],
};

function visit(binding: Binding, path: readonly Binding[], walk: Walk): CheckedBinding | undefined {
  const known = walk.checked.get(binding.token);
  if (known !== undefined) return known;
  const earlier = path.findIndex(({ token }) => token === binding.token);
  const here = [...path, binding];
  if (earlier !== -1) walk.problems.include(describeCycle(here.slice(earlier).map(nameBinding)));
  else if (binding.asks === undefined) walk.problems.include(describeMissingTypes(nameBinding(binding)));
  else return settle(binding, visitAll(here, binding.asks, walk), walk);
  return undefined;
}

/** Undefined where one of them is not in order. */
function visitAll(
  path: readonly Binding[],
  asks: readonly unknown[],
  walk: Walk,
): CheckedBinding[] | undefined {
  const found = asks.map((asked, index) => visitAsked(asked, path, index, walk));
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** @param index the position among what the last of the path asks for */
function visitAsked(
  asked: unknown,
  path: readonly Binding[],
  index: number,
  walk: Walk,
): CheckedBinding | undefined {
  const given = walk.bound.get(asked as Token);
  if (given === undefined && asked === Context) return REQUEST;
  const binding = given ?? (isConstructible(asked) ? bindClass(asked) : undefined);
  if (binding !== undefined) return visit(binding, path, walk);
  walk.problems.include(describeUnresolved(path, index, asked));
  return undefined;
}

/** What depends on something of a request belongs to the request, unless its writer has said otherwise: that is told. */
function settle(
  binding: Binding,
  dependencies: readonly CheckedBinding[] | undefined,
  walk: Walk,
): CheckedBinding | undefined {
  if (dependencies === undefined) return undefined;
  const name = nameBinding(binding);
  const reason = dependencies.find(({ requestPath }) => requestPath.length > 0);
  const isOwn = binding.lifetime === 'request';
  const requestPath = reason !== undefined ? [name, ...reason.requestPath] : isOwn ? [name] : [];
  const lifetime = binding.lifetime ?? (reason === undefined ? 'singleton' : 'request');
  if (lifetime === 'singleton' && reason !== undefined) {
    walk.problems.include(describeOutlived(name, requestPath));
    return undefined;
  }
  if (lifetime !== 'singleton' && binding.type !== undefined && hasLife(binding.type)) {
    walk.problems.include(describeUnended(name, lifetime, requestPath));
    return undefined;
  }
  const checked = { ...binding, asks: binding.asks as readonly Token[], lifetime, requestPath };
  walk.checked.set(binding.token, checked);
  return checked;
}

function isConstructible(value: unknown): value is Class {
  return typeof value === 'function' && !BUILT_IN_TYPES.has(value);
}

function hasLife(type: Class): boolean {
  return readChain(type).some(
    ({ prototype }) => metadata.start.read(prototype).length + metadata.stop.read(prototype).length > 0,
  );
}
