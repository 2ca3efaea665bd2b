import { HttpError, type MaybePromise } from '@sluice/core';

/** The content of one key of a store. */
export interface SessionRecord {
  /** JSON text, or the empty text, which marks a session that has moved to another id. */
  readonly data: string;
  /** 1 when the record is created, one more with every `set`. */
  readonly version: number;
}

/** The conditions of a write. */
export interface SessionWrite {
  /** Seconds from now after which the store may forget the record; at least 1. */
  readonly ttlSeconds: number;
  /** Write only if the record has this version; 0: only if there is no record. */
  readonly ifVersion: number;
}

/**
 * Keeps sessions outside of the cookie. Keys are hashes of session ids, so the content of a store is not enough to take
 * over a session. Every method may be synchronous or asynchronous; an error that it throws becomes a 503.
 */
export interface SessionStore {
  /** It keeps the sessions in the memory of the process, so workers do not share them. Default false. */
  readonly keepsInProcess?: boolean;
  /** Returns the record; undefined if there is none or it has expired. Never writes. */
  get(idHash: string): MaybePromise<SessionRecord | undefined>;
  /**
   * Compares and sets, atomically. If the record has the version `ifVersion` (or, for 0, if there is none), writes `data`
   * as version `ifVersion + 1` and returns true. Otherwise changes nothing and returns false.
   */
  set(idHash: string, data: string, write: SessionWrite): MaybePromise<boolean>;
  /** Gives a record more time, and leaves its data and version alone. Returns false if there is no record. */
  touch(idHash: string, ttlSeconds: number): MaybePromise<boolean>;
  /** Removes a record if there is one. */
  destroy(idHash: string): MaybePromise<void>;
}

/** Wraps a store so that an error that it throws becomes a 503, with that error as the cause. */
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
      detail: 'The session cannot be read or written at the moment.',
      cause,
    });
  }
}
