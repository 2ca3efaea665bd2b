import type { ConfigurationProblem } from '../http/configuration-error';
import { read, type Class, type RouteRecord } from '../metadata/records';
import { readDesignTypes } from '../metadata/store';
import type { CatchPlan } from './plan';
import { readParameters } from './read-parameters';
import type { RouteDefinition } from './route-definition';

type Method = (...values: unknown[]) => unknown;

/** Reads a controller class, and an instance of it, into route definitions, parents' included. Adds to `problems` what can not be. Pure. */
export function readController(
  type: Class,
  instance: object,
  problems: ConfigurationProblem[],
): RouteDefinition[] {
  const place = type.name || 'a class without a name';
  const prefix = read.prefix(type);
  if (prefix === undefined) problems.push(notAController(place));
  if (typeof (prefix ?? '') !== 'string') problems.push(invalidPrefix(place));
  const chain = readChain(type);
  const properties = [...new Set(chain.flatMap(({ prototype }) => read.properties(prototype)))];
  const catches = readCatches(type, instance);
  const definitions = properties.flatMap((property) => {
    const routes = nearest(chain, (owner) => read.routes(owner.prototype, property)) ?? [];
    const name = `${place}.${String(property)}`;
    return routes.map((route) =>
      defineRoute(
        { route, name, property, chain, catches, instance, prefix: String(prefix ?? '') },
        problems,
      ),
    );
  });
  if (definitions.length === 0 && prefix !== undefined) problems.push(withoutRoutes(place));
  return definitions;
}

/** A class and its prototype. */
interface Owner {
  readonly type: Class;
  readonly prototype: object;
}

/** The class and its parents, the furthest parent first: that is the order in which their middleware runs. */
function readChain(type: Class): Owner[] {
  const chain: Owner[] = [];
  for (
    let current: unknown = type;
    typeof current === 'function' && current !== Function.prototype;
    current = Object.getPrototypeOf(current)
  ) {
    chain.unshift({ type: current as Class, prototype: (current as Class).prototype as object });
  }
  return chain;
}

/** What the class itself says, else its parent, and so on. */
function nearest<T>(chain: readonly Owner[], find: (owner: Owner) => T | undefined): T | undefined {
  for (let index = chain.length - 1; index >= 0; index--) {
    const found = find(chain[index]!);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface RouteParts {
  readonly route: RouteRecord;
  readonly name: string;
  readonly property: string | symbol;
  readonly chain: readonly Owner[];
  readonly catches: readonly CatchPlan[];
  readonly instance: object;
  readonly prefix: string;
}

function defineRoute(parts: RouteParts, problems: ConfigurationProblem[]): RouteDefinition {
  const { route, name, property, chain } = parts;
  const records = nearest(chain, (owner) => read.parameters(owner.prototype, property)) ?? [];
  const types = nearest(chain, (owner) => readDesignTypes(owner.prototype, property));
  const run = bindMethod(parts.instance, property);
  const { values, body } = readParameters({ place: name, records, types, count: run.length }, problems);
  const scoped = (owner: Owner) =>
    read.middleware(owner.type).map((middleware) => ({ scope: 'controller' as const, middleware }));
  const own = (owner: Owner) =>
    read
      .middleware(owner.prototype, property)
      .map((middleware) => ({ scope: 'method' as const, middleware }));
  const onMethod = chain
    .flatMap((owner) => read.catches(owner.prototype, property))
    .filter((record) => record.handle !== undefined);
  const ownCatches = onMethod.map(({ error, handle }) => ({
    scope: 'method' as const,
    error,
    handle: handle!,
  }));
  return {
    method: route.method,
    prefix: parts.prefix,
    path: route.path,
    name,
    stepName: String(property),
    middleware: [...chain.flatMap(scoped), ...chain.flatMap(own)],
    arguments: values,
    body,
    bodyLimit: nearest(
      chain,
      (owner) => read.bodyLimit(owner.prototype, property) ?? read.bodyLimit(owner.type),
    ),
    catches: [...ownCatches, ...parts.catches],
    run,
  };
}

/** The handlers that a class has for its routes: methods with `@Catch` alone, and `@Catch(…, handler)` on the class. */
export function readCatches(type: Class, instance: object): CatchPlan[] {
  const chain = readChain(type);
  const properties = new Set(chain.flatMap(({ prototype }) => read.properties(prototype)));
  const onClass = [...chain].reverse().flatMap((owner) => read.catches(owner.type));
  const catches: CatchPlan[] = onClass.flatMap(({ error, handle }) =>
    handle ? [{ scope: 'controller' as const, error, handle }] : [],
  );
  for (const property of properties) {
    for (const { error, handle } of nearest(chain, ({ prototype }) =>
      nonEmpty(read.catches(prototype, property)),
    ) ?? []) {
      if (handle === undefined)
        catches.push({ scope: 'controller', error, handle: bindMethod(instance, property) });
    }
  }
  return catches;
}

function bindMethod(instance: object, property: string | symbol): Method {
  return (instance as Record<string | symbol, Method>)[property]!.bind(instance);
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function notAController(place: string): ConfigurationProblem {
  const fault = 'The class is listed as a controller and has no @Controller of its own.';
  return {
    code: 'CONTROLLER_UNDECORATED',
    place,
    fault,
    cure: "Write @Controller('/prefix') before it, or take it off the list.",
  };
}

function withoutRoutes(place: string): ConfigurationProblem {
  const fault = 'The controller has no route.';
  return {
    code: 'CONTROLLER_EMPTY',
    place,
    fault,
    cure: 'Write @Get() or another method before one of its methods, or take it off the list.',
  };
}

function invalidPrefix(place: string): ConfigurationProblem {
  const cure = "Write it as text: @Controller('/notes').";
  return { code: 'ROUTE_PATH_INVALID', place, fault: 'The prefix is no text.', cure };
}
