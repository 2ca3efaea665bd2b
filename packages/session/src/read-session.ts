import { contextKey, type Context, type MaybePromise } from '@sluice/core';
import type { SessionData } from './session-data';
import { SessionState } from './session-state';

/** Where the session middleware leaves the request's session; the innermost one's. */
export const SESSION_STATE = contextKey<SessionState>('session');

/**
 * The session's data, for middleware and plain routes; `@Session()` gives handlers the same. Change the object:
 * what has changed, at any depth, is written before the response is sent, whatever the response.
 * With a store the first call gives a promise, else there is none. A second session is named by its cookie.
 *
 * @throws Error when no session middleware runs here, further out
 * @throws HttpError 503 when the store fails
 * @example const session = await readSession(context);
 */
export function readSession<Data extends object = SessionData>(
  context: Context,
  sessionCookie?: string,
): MaybePromise<Data> {
  let state = context.get(SESSION_STATE);
  if (sessionCookie !== undefined) {
    while (state !== undefined && state.cookieName !== sessionCookie) state = state.outer;
  }
  if (state === undefined) throw new Error(explainMissing(context, sessionCookie));
  return state.read() as MaybePromise<Data>;
}

/** What can be told of a session without its data. */
export interface SessionInfo {
  /** Names the session in logs, or binds a token to it; not a secret, and changed by `regenerateSession`. */
  readonly id: string;
  /** It came with no request yet; the id is only kept if the session comes to hold something. */
  readonly isNew: boolean;
  /** When it began, or was regenerated: milliseconds since 1970, to the second. */
  readonly createdAt: number;
}

/** Tells of a session. Throws TypeError for an object that is no session. */
export function describeSession(session: object): SessionInfo {
  return SessionState.of(session).describe();
}

/**
 * Gives the session a new identity; do it whenever somebody logs in or gains rights (session fixation).
 * With a store the old id is worth nothing afterwards.
 *
 * @param options `keepData` false also empties it; default true
 * @throws TypeError for an object that is no session
 */
export function regenerateSession(session: object, options: { readonly keepData?: boolean } = {}): void {
  SessionState.of(session).renew(options.keepData ?? true);
}

/**
 * Ends the session: empties it, removes it from the store and deletes the cookie. What is put in afterwards
 * begins a new one. Without a store, a copy of the old cookie stays good until its time is up.
 *
 * @throws TypeError for an object that is no session
 */
export function destroySession(session: object): void {
  SessionState.of(session).renew(false);
}

function explainMissing(context: Context, sessionCookie: string | undefined): string {
  const { name } = context.route;
  const [what, options] =
    sessionCookie === undefined
      ? ['a session', '{ secretKey: … }']
      : [
          `the session ${JSON.stringify(sessionCookie)}`,
          `{ sessionCookie: ${JSON.stringify(sessionCookie)}, … }`,
        ];
  return (
    `${name} reads ${what}, but no such session middleware runs before it. Add session(${options}) ` +
    'to the middleware of createApp, or to @UseMiddleware(…) on the controller or method, before whatever reads it.'
  );
}
