import type { ConfigurationProblem } from '../http/configuration-error';
import type { Class, Token } from '../metadata/records';
import { BUILT_IN_TYPES } from './built-in-types';
import { readConstructorTypes } from './constructor-types';
import type { Provider } from './container';

/** What the walk over the dependencies found. */
export interface DependencyGraph {
  /** Every class that will be constructed. */
  readonly classes: ReadonlySet<Class>;
  readonly problems: readonly ConfigurationProblem[];
}

/**
 * Walks everything that the given classes depend on, without constructing anything.
 * Reports what can not be resolved and every circle, with the whole path.
 *
 * @param checked classes that an earlier walk found to be in order: they are not walked again
 */
export function checkDependencies(
  roots: readonly Class[],
  provided: ReadonlyMap<Token, Provider>,
  checked: ReadonlySet<Class> = new Set(),
): DependencyGraph {
  const walk: Walk = { provided, checked, classes: new Set(), problems: [] };
  for (const root of roots) visit(root, [], walk);
  return walk;
}

interface Walk {
  readonly provided: ReadonlyMap<Token, Provider>;
  readonly checked: ReadonlySet<Class>;
  readonly classes: Set<Class>;
  readonly problems: ConfigurationProblem[];
}

function visit(type: Class, path: readonly Class[], walk: Walk): void {
  if (path.includes(type)) {
    walk.problems.push(describeCycle([...path.slice(path.indexOf(type)), type]));
    return;
  }
  if (walk.classes.has(type) || walk.checked.has(type)) return;
  walk.classes.add(type);
  const types = readConstructorTypes(type);
  if (types === undefined) {
    walk.problems.push(describeMissingTypes(type));
    return;
  }
  for (const [index, dependency] of types.entries()) {
    const provider = walk.provided.get(dependency as Token);
    if (provider !== undefined) {
      if ('useClass' in provider) visit(provider.useClass, [...path, type], walk);
    } else if (isConstructible(dependency)) visit(dependency, [...path, type], walk);
    else walk.problems.push(describeUnresolved([...path, type], index, dependency));
  }
}

function isConstructible(value: unknown): value is Class {
  return typeof value === 'function' && !BUILT_IN_TYPES.has(value);
}

function describeCycle(circle: readonly Class[]): ConfigurationProblem {
  const names = circle.map((type) => type.name);
  const fault = `The classes depend on one another in a circle: ${names.join(' → ')}.`;
  return {
    code: 'DEPENDENCY_CYCLE',
    place: names[0]!,
    fault,
    cure: 'Move what both need into a third class.',
  };
}

function describeMissingTypes(type: Class): ConfigurationProblem {
  const fault = `The constructor of ${type.name} has parameters, and the compiler emitted no types for them.`;
  const cure =
    'Write @Injectable() before the class; if it is there (or @Controller is), your compiler emits no metadata (tsx and esbuild do not): use tsc or swc, or @Inject(token) on each parameter.';
  return { code: 'METADATA_MISSING', place: type.name, fault, cure };
}

function describeUnresolved(
  path: readonly Class[],
  index: number,
  dependency: unknown,
): ConfigurationProblem {
  const place = `${path.at(-1)!.name}, constructor parameter ${index}`;
  const needed = path.length > 1 ? ` It is needed by ${path.map((type) => type.name).join(' → ')}.` : '';
  const { fault, cure } = explain(dependency);
  return { code: 'DEPENDENCY_UNRESOLVED', place, fault: `${fault}${needed}`, cure };
}

function explain(dependency: unknown): { fault: string; cure: string } {
  if (dependency === undefined) {
    const fault = 'Its type is undefined: two files import one another, and this one came first.';
    return { fault, cure: 'Break the circle between the files, or write @Inject(token).' };
  }
  if (dependency === Object) {
    const fault =
      'Its type is an interface, or was imported with `import type`, so nothing is left of it at run time.';
    return { fault, cure: 'Write @Inject(token) and provide the token, or import the class without `type`.' };
  }
  if (typeof dependency === 'function') {
    const fault = `Its type is ${dependency.name}, which nobody can construct in a useful way.`;
    return { fault, cure: 'Write @Inject(token) and add { provide: token, useValue: … } to the providers.' };
  }
  const cure = 'Add { provide: token, useValue | useClass | useFactory } to the providers.';
  const token = typeof dependency === 'symbol' ? dependency.toString() : JSON.stringify(dependency);
  return { fault: `Nothing is provided for the token ${token}.`, cure };
}
