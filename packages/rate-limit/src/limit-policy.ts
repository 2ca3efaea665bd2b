/** A limit, as stores and clients know it. */
export interface LimitPolicy {
  /** Its name in the headers. */
  readonly name: string;
  /** Units that a full window has. */
  readonly limit: number;
  /** Seconds. */
  readonly window: number;
  /** Its name in stores, in which counts of other policies must not meet: with the numbers, and the scope of a decorator. */
  readonly id: string;
}

/** Makes a policy. `scope` separates policies of one name in a shared store: `NotesController.create`. */
export function makePolicy(name: string, limit: number, window: number, scope = ''): LimitPolicy {
  const id = `${scope === '' ? name : `${scope}:${name}`}:${limit}/${window}`;
  return Object.freeze({ name, limit, window, id });
}
