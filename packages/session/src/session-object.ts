import type { SessionState } from './session-state';

class Given {
  constructor(data: object) {
    return data;
  }
}

/**
 * Ties a data object to its state by a private field put on the object itself: no key that a user's could clash
 * with, nothing that printing, copying or JSON would show.
 */
class Mark extends Given {
  #state: SessionState;

  constructor(data: object, state: SessionState) {
    super(data);
    this.#state = state;
  }

  static find(data: object): SessionState | undefined {
    return #state in data ? data.#state : undefined;
  }
}

/** Ties a data object to its state. Throws TypeError when it was tied before. */
export function markSession(data: object, state: SessionState): void {
  new Mark(data, state);
}

/** The state that a data object was tied to. */
export function findMarkedState(data: object): SessionState | undefined {
  return Mark.find(data);
}
