import type { MarkedValue, RouteMark } from './route-mark';

/** Where a mark stands; those of a plain route count as a method's. */
export type MarkScope = 'controller' | 'method';

/** A marked value with the place it stands at. */
export interface PlacedMark extends MarkedValue {
  readonly scope: MarkScope;
}

/** What decorators say about one route: the class's first, then the method's, each in the order written. Frozen. */
export class RouteMarks {
  private readonly placed: readonly PlacedMark[];

  /** Values must be frozen already. */
  constructor(placed: readonly PlacedMark[]) {
    this.placed = Object.freeze([...placed]);
    Object.freeze(this);
  }

  /** The nearest value: the method's before the class's, a subclass's before its parent's, the last written of several. */
  get<T>(mark: RouteMark<T>): T | undefined {
    return this.all(mark).at(-1);
  }

  /** Every value, the furthest first; of one scope alone where it is given. */
  all<T>(mark: RouteMark<T>, scope?: MarkScope): readonly T[] {
    return this.placed
      .filter((one) => one.mark === mark && (scope === undefined || one.scope === scope))
      .map(({ value }) => value as T);
  }

  /** The marks that the route has, each once. */
  list(): readonly RouteMark<unknown>[] {
    return [...new Set(this.placed.map(({ mark }) => mark))];
  }

  /** By name, for the printed plan: `{ "roles": [["admin"]] }`. */
  toJSON(): Readonly<Record<string, readonly unknown[]>> {
    return Object.fromEntries(this.list().map((mark) => [mark.name, this.all(mark)]));
  }
}

/** Of a route that nothing is said about. */
export const NO_MARKS = new RouteMarks([]);
