import { HttpError, type MaybePromise } from '@sluice/core';

/** What a store has under one key. */
export interface SessionRecord {
  /** JSON text, or empty: the mark that a session went on under another id. */
  readonly data: string;
  /** 1 when created, one more with every write. */
  readonly version: number;
}

/** How a record is to be written. */
export interface SessionWrite {
  /** Seconds until the record may be forgotten, counted from now; at least 1. */
  readonly ttlSeconds: number;
  /** Write only if the record has this version now; 0: only if there is none. */
  readonly ifVersion: number;
}

/**
 * Where sessions are kept outside of the cookie. Keys are hashes: what is in a store is not enough to take over
 * a session. Every method may be synchronous or not; what one throws becomes a 503.
 */
export interface SessionStore {
  /** The record; undefined where there is none or its time is up. Never writes. */
  get(idHash: string): MaybePromise<SessionRecord | undefined>;
  /**
   * Compare and set, atomically: writes `data` with the version `ifVersion + 1` and answers true; or, when the
   * record has another version, is gone, or (with `ifVersion` 0) is there already, leaves all as it is and answers false.
   */
  set(idHash: string, data: string, write: SessionWrite): MaybePromise<boolean>;
  /** Gives a record more time, and changes nothing else; answers false, and makes nothing, where there is none. */
  touch(idHash: string, ttlSeconds: number): MaybePromise<boolean>;
  /** Removes a record; that there is none is no error. */
  destroy(idHash: string): MaybePromise<void>;
}

/** The same store, whose failures are 503 with what was thrown as the cause. */
export function guardStore(store: SessionStore): SessionStore {
  return {
    get: (idHash) => attempt(() => store.get(idHash)),
    set: (idHash, data, write) => attempt(() => store.set(idHash, data, write)),
    touch: (idHash, ttlSeconds) => attempt(() => store.touch(idHash, ttlSeconds)),
    destroy: (idHash) => attempt(() => store.destroy(idHash)),
  };
}

async function attempt<T>(call: () => MaybePromise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new HttpError(503, {
      code: 'session_store_unavailable',
      detail: 'The session can not be read or written at the moment.',
      cause,
    });
  }
}
