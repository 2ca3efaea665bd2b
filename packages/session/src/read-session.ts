import type { Context, MaybePromise } from '@sluice/core';
import type { SessionData } from './data/session-data';
import { REQUEST_SESSION, RequestSession } from './request-session';

/**
 * Reads the session's data, in middleware and plain routes; `@Session()` does the same for handlers. Change the object:
 * changes at any depth are saved before the response is sent, even if it is an error. With a store the result is
 * a promise until the session has been loaded. With several sessions, name the one you want by its cookie; without a
 * name you get the innermost.
 *
 * @throws Error when no such session middleware runs further out
 * @throws HttpError 503 when the store fails
 * @example const session = await readSession(context);
 */
export function readSession<Data extends object = SessionData>(
  context: Context,
  sessionCookie?: string,
): MaybePromise<Data> {
  let session = context.get(REQUEST_SESSION);
  if (sessionCookie !== undefined) {
    while (session !== undefined && session.cookieName !== sessionCookie) session = session.outer;
  }
  if (session === undefined) throw new Error(explainMissing(context, sessionCookie));
  return session.read() as MaybePromise<Data>;
}

/** The facts about a session, apart from its data. */
export interface SessionInfo {
  /** An id for logs, or to bind a token to the session. It is not a secret, and `regenerateSession` changes it. */
  readonly id: string;
  /** Whether the session began with this request. Its id is kept only if the session gets data. */
  readonly isNew: boolean;
  /** The time at which the session began or was regenerated: milliseconds since 1970, in whole seconds. */
  readonly createdAt: number;
}

/**
 * Describes a session.
 *
 * @throws TypeError for an object that is not a session
 */
export function describeSession(session: object): SessionInfo {
  return RequestSession.of(session).describe();
}

/**
 * Gives the session a new identity. Do it whenever a user logs in or gains rights, against session fixation.
 * With a store, the old id no longer gives access to the session.
 *
 * @param options `keepData: false` also empties the session; default true
 * @throws TypeError for an object that is not a session
 */
export function regenerateSession(session: object, options: { readonly keepData?: boolean } = {}): void {
  RequestSession.of(session).renew(options.keepData ?? true);
}

/**
 * Ends the session: empties it, removes it from the store and clears the cookie. Data added afterwards begins a new
 * session. Without a store, a copy of the old cookie stays valid until it expires.
 *
 * @throws TypeError for an object that is not a session
 */
export function destroySession(session: object): void {
  RequestSession.of(session).renew(false);
}

function explainMissing(context: Context, sessionCookie: string | undefined): string {
  const options =
    sessionCookie === undefined ? 'secretKey: …' : `sessionCookie: ${JSON.stringify(sessionCookie)}, …`;
  return (
    `${context.route.name} reads a session, but session({ ${options} }) does not run before it. ` +
    'Add it to the middleware of createApp, or to @UseMiddleware(…) on the controller or the method, ' +
    'before the step that reads the session.'
  );
}
