import type { AbstractClass } from './class';
import type { PathPattern } from './path-pattern';
import { formatPath, type PathValue } from './format-path';

/** A class, as far as its name and its methods matter. */
export type ControllerClass<C> = AbstractClass<C>;

/** The names of a class's methods. */
export type MethodName<C> = {
  [Name in keyof C]: C[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof C] &
  string;

/** A route that can be linked to. */
export interface UrlEntry {
  readonly controller: ControllerClass<unknown>;
  readonly method: string;
  readonly pattern: PathPattern;
}

/** The paths of an application's routes by class and method, made at start-up. */
export class UrlTable {
  private readonly patterns = new Map<ControllerClass<unknown>, Map<string, PathPattern[]>>();

  constructor(
    entries: Iterable<UrlEntry>,
    /** What stands before every path: empty, or `/base`. */
    private readonly basePath = '',
  ) {
    for (const { controller, method, pattern } of entries) {
      const methods = this.patterns.get(controller) ?? new Map<string, PathPattern[]>();
      this.patterns.set(controller, methods.set(method, [...(methods.get(method) ?? []), pattern]));
    }
  }

  /**
   * The path of a route, its parameters filled in and percent-encoded. Of several on one method, the first written
   * that has exactly the parameters given.
   *
   * @throws Error when the class or method has no route here, or the parameters are not those of its path
   */
  format(
    controller: ControllerClass<unknown>,
    method: string,
    values: Readonly<Record<string, PathValue>>,
  ): string {
    const methods = this.patterns.get(controller);
    if (methods === undefined)
      throw new Error(`${controller.name} is no controller of this application, so it has no URL.`);
    const patterns = methods.get(method);
    if (patterns === undefined)
      throw new Error(`${controller.name}.${method} has no route, so it has no URL.`);
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    const pattern = patterns.find((pattern) => {
      const wanted = listNames(pattern);
      return wanted.length === names.length && wanted.every((name) => names.includes(name));
    });
    if (pattern === undefined) throw mismatch(`${controller.name}.${method}`, patterns, names);
    return joinBasePath(this.basePath, formatPath(pattern.segments, values));
  }
}

/** The one place in which a prefix comes before a path. */
export function joinBasePath(basePath: string, path: string): string {
  return basePath === '' ? path : `${basePath.replace(/\/+$/, '')}${path}`;
}

function listNames({ parameters, segments }: PathPattern): string[] {
  return segments.at(-1) === '*' ? [...parameters, '*'] : [...parameters];
}

function mismatch(name: string, patterns: readonly PathPattern[], given: readonly string[]): Error {
  const paths = patterns.map(({ path }) => path).join(' and ');
  const told = given.length === 0 ? 'none were given' : `${given.join(', ')} were given`;
  return new Error(`${name} has the path ${paths}; its parameters must all be given and no others: ${told}.`);
}
