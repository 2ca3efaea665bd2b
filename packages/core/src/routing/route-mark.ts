/** A typed name for what decorators say about a route: `@Mark(ROLES, ['admin'])`. Make it with `routeMark`. */
export interface RouteMark<T> {
  readonly name: string;
  readonly needs?: RouteMarkNeeds;
  /** Pairs the mark with a value, for a route without a class. */
  of(value: T): MarkedValue;
}

/** A value under its mark, for plain routes: `marks: [ROLES.of(['admin'])]`. */
export interface MarkedValue {
  readonly mark: RouteMark<unknown>;
  readonly value: unknown;
}

/** The name of a middleware, or of something that one provides; or a function of the route's marks that returns it. */
export type RouteMarkNeeds = string | ((marks: RouteMarks) => string | undefined);

/**
 * Makes a mark. Two marks are never the same, even with one name: the name is for messages and the printed plan.
 *
 * @param options `needs`: a middleware, by its name or by what it `provides`. Default: none. The application does not
 * start when a route has the mark but not that middleware.
 * @example export const ROLES = routeMark<readonly string[]>('roles');
 */
export function routeMark<T>(name: string, options: { readonly needs?: RouteMarkNeeds } = {}): RouteMark<T> {
  const mark: RouteMark<T> = Object.freeze({
    name,
    ...options,
    of: (value: T): MarkedValue => Object.freeze({ mark, value }),
  });
  return mark;
}

/** The part of a class that carries a mark. The marks of a plain route count as its method's. */
export type MarkScope = 'controller' | 'method';

/** A marked value, and what carries it. */
export interface PlacedMark extends MarkedValue {
  readonly scope: MarkScope;
  /** How far up it is inherited from: 0 for the controller itself, 1 for its parent class. */
  readonly distance: number;
}

/** The marks of one route: first those of the class, then those of the method, each in the order written. Frozen. */
export class RouteMarks {
  private readonly placed: readonly PlacedMark[];

  /** The values must be frozen already. */
  constructor(placed: readonly PlacedMark[]) {
    this.placed = Object.freeze([...placed]);
    Object.freeze(this);
  }

  /** The nearest value: the method's before the class's, a subclass's before its parent's, and the last one written. */
  get<T>(mark: RouteMark<T>): T | undefined {
    return this.all(mark).at(-1);
  }

  /** Every value, the nearest last; with `scope`, only the values that the class or the method carries. */
  all<T>(mark: RouteMark<T>, scope?: MarkScope): readonly T[] {
    return this.placed
      .filter((one) => one.mark === mark && (scope === undefined || one.scope === scope))
      .map(({ value }) => value as T);
  }

  /** Every value with what carries it, the nearest last. */
  findPlaced(mark: RouteMark<unknown>, scope: MarkScope): readonly PlacedMark[] {
    return this.placed.filter((one) => one.mark === mark && one.scope === scope);
  }

  /** The marks of the route, each once. */
  list(): readonly RouteMark<unknown>[] {
    return [...new Set(this.placed.map(({ mark }) => mark))];
  }

  /** The values by the name of their mark, for the printed plan: `{ "roles": [["admin"]] }`. */
  toJSON(): Readonly<Record<string, readonly unknown[]>> {
    return Object.fromEntries(this.list().map((mark) => [mark.name, this.all(mark)]));
  }
}

/** The marks of a route that has none. */
export const NO_MARKS = new RouteMarks([]);
