import { joinPrefix } from './join-prefix';
import type { PathPattern } from './path-pattern';
import { formatPath, type PathValue, type QueryRecord } from './format-path';
import { VERSION_NEUTRAL, type VersionName } from './versioning';

/** A class, for its name and its methods. */
export type ControllerClass<C> = abstract new (...values: never[]) => C;

/** The names of a class's methods. */
export type MethodName<C> = {
  [Name in keyof C]: C[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof C] &
  string;

/** The query of a link, and the version that it leads to. */
export interface UrlOptions {
  readonly query?: QueryRecord;
  /** The version, if the path has one: `'2'`. Default: that of the current request if there is one, else the first written. */
  readonly version?: VersionName;
}

/** A route that can be linked to. */
export interface UrlEntry {
  readonly controller: ControllerClass<unknown>;
  readonly method: string;
  readonly pattern: PathPattern;
  /** The version; undefined if the route has none. */
  readonly version?: string | undefined;
}

/** The choice between the versions of a route. */
export interface UrlVersion {
  /** The version of the link; the route must have it. */
  readonly asked?: VersionName | undefined;
  /** The version of the current request, preferred if the link has none. */
  readonly current?: string | undefined;
}

/** The paths of an application's routes by class and method, made at start-up. */
export class UrlTable {
  private readonly entries = new Map<ControllerClass<unknown>, Map<string, UrlEntry[]>>();

  constructor(
    entries: Iterable<UrlEntry>,
    /** The start of every path: empty, or `/base`. */
    private readonly basePath = '',
  ) {
    for (const entry of entries) {
      const { controller, method } = entry;
      const methods = this.entries.get(controller) ?? new Map<string, UrlEntry[]>();
      this.entries.set(controller, methods.set(method, [...(methods.get(method) ?? []), entry]));
    }
  }

  /**
   * Writes the path of a route, its parameters filled in and percent-encoded. If a method has several routes, it takes
   * the first one written that has exactly the given parameters, in the version asked for.
   *
   * @throws Error when the class or the method has no route here, or none of the version, or the parameters are not
   * exactly those of its path
   */
  format(
    controller: ControllerClass<unknown>,
    method: string,
    values: Readonly<Record<string, PathValue>>,
    { asked, current }: UrlVersion = {},
  ): string {
    const entries = this.findEntries(controller, method, asked);
    const given = Object.keys(values).filter((name) => values[name] !== undefined);
    const fitting = entries.filter(({ pattern }) => hasParameters(pattern, given));
    const entry = fitting.find(({ version }) => version === current) ?? fitting[0];
    if (entry === undefined) throw makeMismatch(entries, given);
    return joinPrefix(this.basePath, formatPath(entry.pattern.segments, values));
  }

  private findEntries(
    controller: ControllerClass<unknown>,
    method: string,
    asked: VersionName | undefined,
  ): readonly UrlEntry[] {
    const methods = this.entries.get(controller);
    if (methods === undefined)
      throw new Error(`${controller.name} is not a controller of this application, so it has no URL.`);
    const name = `${controller.name}.${method}`;
    const entries = methods.get(method);
    if (entries === undefined) throw new Error(`${name} has no route, so it has no URL.`);
    if (asked === undefined) return entries;
    const wanted = asked === VERSION_NEUTRAL ? undefined : asked;
    const inVersion = entries.filter(({ version }) => version === wanted);
    if (inVersion.length === 0)
      throw new Error(`${name} has no route of ${describeVersion(wanted)}; it has ${listVersions(entries)}.`);
    return inVersion;
  }
}

function describeVersion(version: string | undefined): string {
  return version === undefined ? 'no version' : `version ${JSON.stringify(version)}`;
}

function listVersions(entries: readonly UrlEntry[]): string {
  return entries.map(({ version }) => describeVersion(version)).join(', ');
}

function hasParameters({ parameters, segments }: PathPattern, given: readonly string[]): boolean {
  const wanted = segments.at(-1) === '*' ? [...parameters, '*'] : parameters;
  return wanted.length === given.length && wanted.every((name) => given.includes(name));
}

/** The entries are those of one method. */
function makeMismatch(entries: readonly UrlEntry[], given: readonly string[]): Error {
  const { controller, method } = entries[0]!;
  const paths = entries.map(({ pattern }) => pattern.path).join(' and ');
  const received = given.length === 0 ? 'none' : given.join(', ');
  return new Error(
    `${controller.name}.${method} has the path ${paths}. Give exactly the parameters of its path; received: ${received}.`,
  );
}
