import type { Context, HttpRequest, MaybePromise } from '@sluice/core';
import type { FlatData } from './data/flat-data';
import type { SessionData } from './data/session-data';
import { EMPTY_TEXT } from './data/session-json';
import { makeSessionObject } from './data/session-object';
import type { StoredRecord } from './store/stored-record';
import type { OpenedToken, TokenClaims } from './token/token';

/** The place where sessions are kept between requests: the cookie itself (`cookieKeeper`) or a store (`storeKeeper`). */
export interface SessionKeeper {
  /** Finds the session of a request, or begins one. The data object gets the owner. */
  find(request: HttpRequest, owner: object): MaybePromise<FoundSession>;
  /** Saves the session for the next request, and sets its cookie. */
  save(context: Context, change: SessionChange): MaybePromise<void>;
  /** Removes the session, and clears its cookie. */
  end(context: Context, found: FoundSession): MaybePromise<void>;
}

/** A session as the request found it. */
export interface FoundSession {
  /** The object that the request reads and changes. */
  readonly data: SessionData;
  /** The text that `data` was made from. */
  readonly text: string;
  /** The values of `text`, if they are known and flat; otherwise null. */
  readonly flat: FlatData | null;
  /** The token of the cookie; undefined for a session that begins with this request. */
  readonly token: OpenedToken | undefined;
  /** The tokens of other valid cookies with the session's name. They are older, or the store does not know them. */
  readonly others: readonly OpenedToken[];
  /** The record of the store, if there is a store and it knew the session. */
  readonly record: StoredRecord | undefined;
  /** Whether the request has a cookie with the session's name, valid or not. */
  readonly hasCookie: boolean;
}

/** A session as it is to be saved. */
export interface SessionChange {
  readonly found: FoundSession;
  /** The claims of the new token; the payload is the session's text, wherever that is kept. */
  readonly claims: TokenClaims;
  readonly renewal: Renewal;
}

/** Whether the session gets a new identity, and if so, whether the data that it had is kept. */
export type Renewal = 'none' | 'keep' | 'empty';

export const NO_TOKENS: readonly OpenedToken[] = Object.freeze([]);

/** Begins an empty session. */
export function beginSession(owner: object, hasCookie: boolean, others = NO_TOKENS): FoundSession {
  return {
    data: makeSessionObject({}, owner),
    text: EMPTY_TEXT,
    flat: null,
    token: undefined,
    others,
    record: undefined,
    hasCookie,
  };
}
