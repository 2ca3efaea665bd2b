import type { ConfigurationProblem } from '../configuration/configuration-error';
import { Problems } from '../configuration/problems';
import type { Class } from '../http/class';
import { Context } from '../http/context';
import { BUILT_IN_TYPES } from '../metadata/built-in-types';
import { readChain } from '../metadata/class-chain';
import { metadata } from '../metadata/metadata';
import type { Lifetime } from '../metadata/records';
import type { Token } from '../http/token';
import { bindClass, nameBinding, type Binding } from './binding';
import {
  describeCycle,
  describeUnusedHooks,
  describeMissingTypes,
  describeWrongSingleton,
  describeUnresolved,
} from './dependency-problems';
import { needsValues } from './needs-values';

/** A binding whose dependencies can all be resolved. */
export interface CheckedBinding extends Binding {
  readonly dependencies: readonly Token[];
  readonly lifetime: Lifetime;
  /** The names from this binding to the one that belongs to a request; empty if it depends on none. */
  readonly requestPath: readonly string[];
}

export interface DependencyGraph {
  /** The bindings of the providers. A class that is not among them is bound to itself. */
  readonly bound: ReadonlyMap<Token, Binding>;
  /** The bindings that passed the check so far. */
  readonly checked: Map<Token, CheckedBinding>;
  /** The problems of those that did not. They are the same for every dependent, so that each is reported once. */
  readonly refused: Map<Token, readonly ConfigurationProblem[]>;
}

/**
 * Checks everything that a token depends on, without making any of it. Each problem names the whole path.
 *
 * @returns the binding of the token, or undefined if there is a problem
 */
export function checkDependencies(
  token: Token,
  { bound, checked, refused }: DependencyGraph,
  problems: Problems,
): CheckedBinding | undefined {
  return checkToken(token, [], 0, { bound, checked, refused, problems });
}

interface Walk extends DependencyGraph {
  readonly problems: Problems;
}

/** The context: everything that depends on it belongs to a request. */
const CONTEXT: CheckedBinding = {
  token: Context,
  dependencies: [],
  make: () => undefined,
  lifetime: 'request',
  requestPath: [Context.name],
};

/**
 * @param path the bindings on the way to this token; the last one depends on it
 * @param index the position of the token among the dependencies of that one
 */
function checkToken(
  token: unknown,
  path: readonly Binding[],
  index: number,
  walk: Walk,
): CheckedBinding | undefined {
  const provided = walk.bound.get(token as Token);
  if (provided === undefined && token === Context) return CONTEXT;
  const binding = provided ?? (isConstructible(token, path.at(-1)) ? bindClass(token) : undefined);
  if (binding !== undefined) return checkBinding(binding, path, walk);
  walk.problems.include(describeUnresolved(path, index, token));
  return undefined;
}

function checkBinding(binding: Binding, path: readonly Binding[], walk: Walk): CheckedBinding | undefined {
  const { checked, refused, problems } = walk;
  const known = checked.get(binding.token);
  if (known !== undefined) return known;
  const start = path.findIndex(({ token }) => token === binding.token);
  if (start !== -1) {
    problems.include(describeCycle([...path.slice(start), binding].map(nameBinding)));
    return undefined;
  }
  const own = new Problems();
  const found = refused.has(binding.token) ? undefined : checkNew(binding, path, { ...walk, problems: own });
  if (found !== undefined) checked.set(binding.token, found);
  else if (!refused.has(binding.token)) refused.set(binding.token, own.list());
  problems.include(...(refused.get(binding.token) ?? []));
  return found;
}

function checkNew(binding: Binding, path: readonly Binding[], walk: Walk): CheckedBinding | undefined {
  const { problems } = walk;
  const here = [...path, binding];
  if (binding.dependencies === undefined) {
    problems.include(describeMissingTypes(nameBinding(binding)));
    return undefined;
  }
  const found = binding.dependencies.map((token, index) => checkToken(token, here, index, walk));
  if (!found.every((one) => one !== undefined)) return undefined;
  return checkLifetime(binding, found, problems);
}

/** A binding belongs to a request if one of its dependencies does. It cannot be a singleton then. */
function checkLifetime(
  binding: Binding,
  dependencies: readonly CheckedBinding[],
  problems: Problems,
): CheckedBinding | undefined {
  const name = nameBinding(binding);
  const cause = dependencies.find(({ requestPath }) => requestPath.length > 0);
  const belongsToRequest = cause !== undefined || binding.lifetime === 'request';
  const requestPath = belongsToRequest ? [name, ...(cause?.requestPath ?? [])] : [];
  const lifetime = binding.lifetime ?? (belongsToRequest ? 'request' : 'singleton');
  if (lifetime === 'singleton' && belongsToRequest) {
    problems.include(describeWrongSingleton(name, requestPath));
    return undefined;
  }
  const uncalled = lifetime === 'singleton' ? undefined : findCalledByApp(binding.type);
  if (uncalled !== undefined) {
    problems.include(describeUnusedHooks(name, uncalled, lifetime, requestPath));
    return undefined;
  }
  const tokens = dependencies.map(({ token }) => token);
  return { ...binding, dependencies: tokens, lifetime, requestPath };
}

/** `useClass` says in so many words that the container makes the class. */
function isConstructible(value: unknown, dependent: Binding | undefined): value is Class {
  if (typeof value !== 'function' || BUILT_IN_TYPES.has(value)) return false;
  return dependent?.isAlias === true || !needsValues(value as Class);
}

/** The decorators of a class, as they are written, of which the application calls the methods. */
function findCalledByApp(type: Class | undefined): string | undefined {
  const prototypes = readChain(type ?? Object).map(({ prototype }) => prototype);
  if (prototypes.some((one) => metadata.start.read(one).length + metadata.stop.read(one).length > 0))
    return '@OnStart or @OnStop';
  return prototypes.flatMap((one) => metadata.work.read(one))[0]?.decorator;
}
