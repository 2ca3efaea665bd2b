import type { SessionState } from './session-state';

/**
 * What a request's data is put on. It inherits nothing, as an object without prototype does; V8 keeps those as slow
 * dictionaries, and these not. A private field ties it to its state: no key that a user's could clash with, nothing
 * that printing, copying or JSON would show.
 */
export class SessionObject {
  readonly #state: SessionState | undefined;

  constructor(state: SessionState | undefined) {
    this.#state = state;
  }

  /** The state that an object was tied to; undefined for every other object. */
  static findState(data: object): SessionState | undefined {
    return #state in data ? data.#state : undefined;
  }
}

Reflect.deleteProperty(SessionObject.prototype, 'constructor');
Object.freeze(Object.setPrototypeOf(SessionObject.prototype, null));
