import { HttpError, type MaybePromise } from '@sluice/core';

/** The content of one key of a store. */
export interface SessionRecord {
  /** The text that was set; it is for the session middleware, so a store keeps it as it is. */
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
 * `sessionStoreContract` of `@sluice/testing/stores` tests a store.
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
  /**
   * Gives a record of the version `ifVersion` more time, and leaves its data and version alone. Returns false, and creates
   * nothing, if the record does not exist.
   */
  touch(idHash: string, write: SessionWrite): MaybePromise<boolean>;
  /**
   * Removes a record, and returns the data that it had, atomically; undefined if there is none. For the next 60 seconds
   * no `set` creates a record under this key, whatever its `ifVersion`, so a late write does not bring a session back.
   */
  destroy(idHash: string): MaybePromise<string | undefined>;
  /**
   * Returns the epoch of a user, 0 at first. A session that got its user in an earlier epoch has ended. Both methods may be
   * missing; then `userOf` and `endSessionsOf` cannot be used.
   */
  readEpoch?(userHash: string): MaybePromise<number>;
  /** Gives a user a later epoch than ever before, atomically. The store keeps it for longer than any session, 400 days. */
  raiseEpoch?(userHash: string): MaybePromise<void>;
}

/** A store that knows epochs of users. */
export type UserSessionStore = SessionStore & Required<Pick<SessionStore, 'readEpoch' | 'raiseEpoch'>>;

/** Returns whether a store knows epochs of users. */
export function knowsUsers(store: SessionStore): store is UserSessionStore {
  return typeof store.readEpoch === 'function' && typeof store.raiseEpoch === 'function';
}

/** Wraps a store so that an error that it throws becomes a 503, with that error as the cause. */
export function guardStore(store: UserSessionStore): UserSessionStore;
export function guardStore(store: SessionStore): SessionStore;
export function guardStore(store: SessionStore): SessionStore {
  return {
    get: (idHash) => attempt(() => store.get(idHash)),
    set: (idHash, data, write) => attempt(() => store.set(idHash, data, write)),
    touch: (idHash, write) => attempt(() => store.touch(idHash, write)),
    destroy: (idHash) => attempt(() => store.destroy(idHash)),
    ...(knowsUsers(store) && {
      readEpoch: (userHash: string) => attempt(() => store.readEpoch(userHash)),
      raiseEpoch: (userHash: string) => attempt(() => store.raiseEpoch(userHash)),
    }),
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
