/** Registered globally, so that two copies of this package see each other's records. */
const SKIP = Symbol.for('sluice:skip');

/** Among the middleware of a class or method: it leaves out the middleware of a name that is further out. */
export interface SkipRecord {
  readonly [SKIP]: unknown;
}

export function makeSkip(name: unknown): SkipRecord {
  return { [SKIP]: name };
}

/** The name that a record leaves out, which was not checked yet; undefined for anything that is not such a record. */
export function readSkip(value: unknown): { readonly name: unknown } | undefined {
  return typeof value === 'object' && value !== null && SKIP in value ? { name: value[SKIP] } : undefined;
}
