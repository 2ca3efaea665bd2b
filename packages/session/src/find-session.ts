import type { HttpRequest } from '@sluice/core';
import type { SessionData } from './session-data';
import { copyFlat, EMPTY_TEXT, parseData, parseFlat, parseForeignData, type FlatData } from './session-json';
import type { SessionState } from './session-state';
import { openCookie, readSeconds, type SessionSettings } from './session-settings';
import type { SessionRecord, SessionStore } from './session-store';
import { hashIdentity, isMoved } from './stored-session';
import type { OpenedToken } from './token';

/** Of several cookies with the session's name so many are tried. */
export const MOST_CANDIDATES = 4;

/** What a request's cookies were found to mean. */
export interface FoundSession {
  readonly data: SessionData;
  /** What `data` held at first, where that is flat and known without its text. */
  readonly values: FlatData | null;
  /** The text that `data` was made of. */
  readonly text: string;
  /** The token that was taken; undefined: a session that begins now. */
  readonly opened: OpenedToken | undefined;
  /** What the store had under it. */
  readonly record: SessionRecord | undefined;
  /** There is a cookie that has to go when no session remains. */
  readonly hasCookie: boolean;
}

/** Takes the first cookie that is authentic and in time: a sibling host may have tossed in others of the name. */
export function findInCookies(
  state: SessionState,
  settings: SessionSettings,
  request: HttpRequest,
): FoundSession {
  let tried = 0;
  let now = 0;
  const opened = request.findCookie(settings.cookieName, (value) => {
    if (tried === 0) now = readSeconds();
    return tried++ < MOST_CANDIDATES ? openCookie(settings, value, now) : undefined;
  });
  if (opened === undefined) return startSession(state, tried > 0);
  const text = opened.payload;
  const values = (opened.values ??= parseFlat(text));
  const data = values === null ? parseData(text, state) : copyFlat(values, state);
  return { data, values, text, opened, record: undefined, hasCookie: true };
}

/** Takes the first cookie that is authentic, in time, and known to the store; nothing is looked up for any other. */
export async function findInStore(
  state: SessionState,
  settings: SessionSettings,
  store: SessionStore,
  values: readonly string[],
): Promise<FoundSession> {
  const now = readSeconds();
  let hasCookie = values.length > 0;
  for (const value of values) {
    const opened = openCookie(settings, value, now);
    const record = opened && (await store.get(hashIdentity(opened.identity)));
    if (record === undefined) continue;
    if (isMoved(record)) {
      // The browser may have the new cookie already when this response arrives: leave it alone.
      hasCookie = false;
      continue;
    }
    const data = parseForeignData(record.data, state);
    if (data !== undefined) return { data, values: null, text: record.data, opened, record, hasCookie: true };
  }
  return startSession(state, hasCookie);
}

/** A session that begins with this request. */
export function startSession(state: SessionState, hasCookie: boolean): FoundSession {
  return {
    data: copyFlat({}, state),
    values: null,
    text: EMPTY_TEXT,
    opened: undefined,
    record: undefined,
    hasCookie,
  };
}
