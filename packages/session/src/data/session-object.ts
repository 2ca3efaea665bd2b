import type { SessionData } from './session-data';

/**
 * The data object that a request gets. It inherits nothing, but is faster than an object without a prototype, which V8
 * keeps as a dictionary. The owner is in a private field: it clashes with no key, and printing, copying and JSON skip it.
 */
class SessionObject {
  readonly #owner: object | undefined;

  constructor(owner: object | undefined) {
    this.#owner = owner;
  }

  static findOwner(data: object): object | undefined {
    return #owner in data ? data.#owner : undefined;
  }
}

Reflect.deleteProperty(SessionObject.prototype, 'constructor');
Object.freeze(Object.setPrototypeOf(SessionObject.prototype, null));

/** Makes a data object with the keys of `values`. Its owner is opaque here; `findOwner` gives it back. */
export function makeSessionObject(values: Readonly<SessionData>, owner?: object): SessionData {
  return Object.assign(new SessionObject(owner) as unknown as SessionData, values);
}

/** Finds the owner of a data object; undefined for any other object, copies of a data object included. */
export function findOwner(data: object): object | undefined {
  return SessionObject.findOwner(data);
}
