import { serviceUnavailable } from '@sluice/core';
import { EMPTY_TEXT, mergeChanges } from '../data/session-json';
import type { SessionRecord, SessionStore } from './session-store';

/** The number of times that a write is attempted while other requests write in between. */
const MOST_ATTEMPTS = 8;

/** The text of a record whose session has moved to another id. It stays for requests that still have the old cookie. */
const MOVED_TEXT = '';
const MOVED_SECONDS = 60;

/** A record as this request read it, and its key in the store. */
export interface StoredRecord extends SessionRecord {
  readonly idHash: string;
}

/** A change to a record. */
export interface RecordChange {
  readonly record: StoredRecord;
  /** The session's new text. */
  readonly text: string;
  readonly ttlSeconds: number;
}

/** Returns whether the session of a record has moved to another id, so that this id no longer gives access to it. */
export function isMoved(record: SessionRecord): boolean {
  return record.data === MOVED_TEXT;
}

/**
 * Creates a record.
 *
 * @throws Error when the store refuses, which only a collision of 256-bit ids or a broken store can cause
 */
export async function createRecord(
  store: SessionStore,
  idHash: string,
  text: string,
  ttlSeconds: number,
): Promise<void> {
  if (await store.set(idHash, text, { ttlSeconds, ifVersion: 0 })) return;
  throw new Error('The session store refused to create a record: `set` with `ifVersion: 0` returned false.');
}

/**
 * Writes a change, merged with what other requests wrote in between: only the top-level keys that this request
 * changed are replaced. Without a change the record only gets more time. Returns false, and writes nothing, if the
 * session has ended meanwhile.
 *
 * @throws HttpError 503 when other requests win every attempt
 */
export async function updateRecord(store: SessionStore, change: RecordChange): Promise<boolean> {
  const { record, ttlSeconds } = change;
  if (change.text === record.data) return touchRecord(store, record.idHash, ttlSeconds);
  const written = await writeMerged(store, change, async (text, ifVersion) => {
    if (text !== EMPTY_TEXT) return store.set(record.idHash, text, { ttlSeconds, ifVersion });
    // The changes of several requests together have emptied the session.
    await store.destroy(record.idHash);
    return true;
  });
  return written !== undefined && written !== EMPTY_TEXT;
}

async function touchRecord(store: SessionStore, idHash: string, ttlSeconds: number): Promise<boolean> {
  if (!(await store.touch(idHash, ttlSeconds))) return false;
  // A store touches the record of a session that has moved as well.
  const record = await store.get(idHash);
  return record !== undefined && !isMoved(record);
}

/**
 * Marks a record as moved, and returns the text to continue with under the new id. If the session has ended meanwhile,
 * that is only what this request changed: data of an ended session must not come back.
 *
 * @throws HttpError 503 when other requests win every attempt
 */
export async function moveRecord(store: SessionStore, change: RecordChange): Promise<string> {
  const { record } = change;
  const text = await writeMerged(store, change, (_, ifVersion) =>
    store.set(record.idHash, MOVED_TEXT, { ttlSeconds: MOVED_SECONDS, ifVersion }),
  );
  return text ?? mergeChanges(record.data, change.text, EMPTY_TEXT);
}

/** Calls `write` until it succeeds, each time with the change merged into the latest record; undefined if the session is gone. */
async function writeMerged(
  store: SessionStore,
  { record, text }: RecordChange,
  write: (text: string, ifVersion: number) => Promise<boolean> | boolean,
): Promise<string | undefined> {
  let latest: SessionRecord = record;
  let merged = text;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (await write(merged, latest.version)) return merged;
    const found = await store.get(record.idHash);
    if (found === undefined || isMoved(found)) return undefined;
    latest = found;
    merged = mergeChanges(record.data, text, latest.data);
  }
  throw serviceUnavailable({
    code: 'session_conflict',
    detail: 'Too many requests are changing the session at the same time.',
    headers: { 'Retry-After': 1 },
  });
}
