import type { Context, MaybePromise } from '@sluice/core';
import type { FoundSession } from './find-session';
import { EMPTY_TEXT } from './session-json';
import type { SessionSettings } from './session-settings';
import type { SessionStore } from './session-store';
import { hashIdentity, retireRecord, touchRecord, updateRecord } from './stored-session';
import type { TokenClaims } from './token';

/** Whether the session got a new identity, and whether its data went along. */
export type Renewal = 'none' | 'keep' | 'empty';

/** What a request made of a session that a store keeps. */
export interface StoredOutcome {
  readonly found: FoundSession;
  readonly text: string;
  readonly claims: Omit<TokenClaims, 'payload'>;
  readonly renewal: Renewal;
}

/** Ends a session that holds nothing, and takes its cookie back. */
export function endSession(
  context: Context,
  settings: SessionSettings,
  found: FoundSession,
): MaybePromise<void> {
  const { store } = settings;
  if (store === undefined || found.record === undefined) return clearCookie(context, settings, found);
  const destroyed = store.destroy(hashIdentity(found.opened!.identity)) as Promise<void>;
  return destroyed.then(() => clearCookie(context, settings, found));
}

/**
 * Sets the cookie.
 *
 * @throws Error when it would be longer than `maxCookieSize`
 */
export function issueCookie(context: Context, settings: SessionSettings, claims: TokenClaims): void {
  const { cookieName, cookie, maxAge, maxCookieSize, tokens } = settings;
  const token = tokens.seal(claims);
  const size = cookieName.length + 1 + token.length;
  if (size > maxCookieSize) throw new Error(explainSize(cookieName, size, maxCookieSize));
  const left = claims.createdAt + settings.absoluteTimeout - claims.issuedAt;
  context.response.setCookie(
    cookieName,
    token,
    maxAge === undefined ? cookie : { ...cookie, maxAge: Math.min(maxAge, left) },
  );
  keepPrivate(context);
}

/** Writes the record, then sets the cookie; neither where the session has ended meanwhile. */
export async function saveInStore(
  context: Context,
  settings: SessionSettings,
  store: SessionStore,
  { found, text, claims, renewal }: StoredOutcome,
): Promise<void> {
  const { record, opened } = found;
  const idHash = hashIdentity(claims.identity);
  const ttlSeconds = readTimeToLive(settings, claims);
  const cookieClaims = { ...claims, payload: '' };
  if (record === undefined || opened === undefined) {
    await createRecord(store, idHash, text, ttlSeconds);
  } else if (renewal === 'empty') {
    await store.destroy(hashIdentity(opened.identity));
    await createRecord(store, idHash, text, ttlSeconds);
  } else if (renewal === 'keep') {
    const old = { idHash: hashIdentity(opened.identity), record, text, ttlSeconds };
    const kept = await retireRecord(store, old);
    if (kept === EMPTY_TEXT) return clearCookie(context, settings, found);
    await createRecord(store, idHash, kept, ttlSeconds);
  } else if (text === found.text) {
    if (!(await touchRecord(store, idHash, ttlSeconds))) return;
  } else if (!(await updateRecord(store, { idHash, record, text, ttlSeconds }))) return;
  issueCookie(context, settings, cookieClaims);
}

async function createRecord(store: SessionStore, idHash: string, text: string, ttlSeconds: number) {
  if (await store.set(idHash, text, { ttlSeconds, ifVersion: 0 })) return;
  throw new Error('The session store refused to create a record: `set` with `ifVersion: 0` answered false.');
}

function readTimeToLive(settings: SessionSettings, { createdAt, issuedAt }: Omit<TokenClaims, 'payload'>) {
  const left = createdAt + settings.absoluteTimeout - issuedAt;
  return Math.max(1, Math.min(settings.lifetime, settings.idleTimeout, left));
}

function clearCookie(context: Context, { cookieName, cookie }: SessionSettings, found: FoundSession): void {
  if (!found.hasCookie) return;
  context.response.clearCookie(cookieName, cookie);
  keepPrivate(context);
}

/** A response that hands out a session must not be kept for others. */
function keepPrivate(context: Context): void {
  const { headers } = context.response;
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
}

function explainSize(cookieName: string, size: number, limit: number): string {
  return (
    `The session cookie ${JSON.stringify(cookieName)} would have ${size} bytes, and ${limit} are allowed: nothing was sent. ` +
    'Keep less in the session (an id instead of the thing), or give session({ store }), which keeps the data on the server.'
  );
}
