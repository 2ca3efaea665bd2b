import { joinPrefix } from './join-prefix';
import type { PathPattern } from './path-pattern';
import { formatPath, type PathValue, type QueryRecord } from './format-path';
import { VERSION_NEUTRAL, type VersionName } from './versioning';

/** A class, as far as its name and its methods matter. */
export type ControllerClass<C> = abstract new (...values: never[]) => C;

/** The names of a class's methods. */
export type MethodName<C> = {
  [Name in keyof C]: C[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof C] &
  string;

/** What a link has beside its path, and which of several versions it leads to. */
export interface UrlOptions {
  readonly query?: QueryRecord;
  /** With versions in the path: `'2'`. */
  readonly version?: VersionName;
}

/** A route that can be linked to. */
export interface UrlEntry {
  readonly controller: ControllerClass<unknown>;
  readonly method: string;
  readonly pattern: PathPattern;
  /** Undefined where it is none in particular. */
  readonly version?: string | undefined;
}

/** Which of several versions is linked to. */
export interface UrlVersion {
  /** That which was asked for: there must be a route of it. */
  readonly asked?: VersionName | undefined;
  /** That which is taken where none was asked for and there is one. */
  readonly near?: string | undefined;
}

/** The paths of an application's routes by class and method, made at start-up. */
export class UrlTable {
  private readonly entries = new Map<ControllerClass<unknown>, Map<string, UrlEntry[]>>();

  constructor(
    entries: Iterable<UrlEntry>,
    /** What stands before every path: empty, or `/base`. */
    private readonly basePath = '',
  ) {
    for (const entry of entries) {
      const { controller, method } = entry;
      const methods = this.entries.get(controller) ?? new Map<string, UrlEntry[]>();
      this.entries.set(controller, methods.set(method, [...(methods.get(method) ?? []), entry]));
    }
  }

  /**
   * The path of a route, its parameters filled in and percent-encoded. Of several on one method, the first written
   * that has exactly the parameters given, in the version that was asked for.
   *
   * @throws Error when the class or method has no route here, or none of the version, or the parameters are not those of its path
   */
  format(
    controller: ControllerClass<unknown>,
    method: string,
    values: Readonly<Record<string, PathValue>>,
    { asked, near }: UrlVersion = {},
  ): string {
    const methods = this.entries.get(controller);
    if (methods === undefined)
      throw new Error(`${controller.name} is no controller of this application, so it has no URL.`);
    const entries = methods.get(method);
    if (entries === undefined)
      throw new Error(`${controller.name}.${method} has no route, so it has no URL.`);
    const name = `${controller.name}.${method}`;
    const version = asked === VERSION_NEUTRAL ? undefined : asked;
    const inVersion = asked === undefined ? entries : entries.filter((entry) => entry.version === version);
    if (inVersion.length === 0) throw new Error(`${name} has no route of version ${String(asked)}.`);
    const given = Object.keys(values).filter((one) => values[one] !== undefined);
    const fitting = inVersion.filter(({ pattern }) => hasParameters(pattern, given));
    const entry = fitting.find(({ version }) => version === near) ?? fitting[0];
    if (entry === undefined) throw mismatch(name, inVersion, given);
    return joinPrefix(this.basePath, formatPath(entry.pattern.segments, values));
  }
}

function hasParameters({ parameters, segments }: PathPattern, given: readonly string[]): boolean {
  const wanted = segments.at(-1) === '*' ? [...parameters, '*'] : parameters;
  return wanted.length === given.length && wanted.every((name) => given.includes(name));
}

function mismatch(name: string, entries: readonly UrlEntry[], given: readonly string[]): Error {
  const paths = entries.map(({ pattern }) => pattern.path).join(' and ');
  const told = given.length === 0 ? 'none were given' : `${given.join(', ')} were given`;
  return new Error(`${name} has the path ${paths}; its parameters must all be given and no others: ${told}.`);
}
