import { createHash } from 'node:crypto';
import { serviceUnavailable } from '@sluice/core';
import { EMPTY_TEXT, mergeChanges } from './session-json';
import type { SessionRecord, SessionStore } from './session-store';

/** How often a write is tried again when others wrote in between. */
const MOST_ATTEMPTS = 8;
/** What a record holds, for a while, whose session went on under another id. */
const MOVED_TEXT = '';
const MOVED_SECONDS = 60;

/** A change to the record of one session. */
export interface StoredChange {
  readonly idHash: string;
  /** The record as this request read it. */
  readonly record: SessionRecord;
  /** What the session's text has become. */
  readonly text: string;
  readonly ttlSeconds: number;
}

/** The key under which a store has the session of a raw id. */
export function hashIdentity(identity: Uint8Array): string {
  return createHash('sha256').update(identity).digest('base64url');
}

/** Answers whether the session of a record went on under another id: nobody is to be logged in by it. */
export function isMoved(record: SessionRecord): boolean {
  return record.data === MOVED_TEXT;
}

/**
 * Writes a change. When others wrote in between, the top-level keys that this request changed are carried over to
 * what they left. Answers false when the session has ended meanwhile: then nothing is written.
 *
 * @throws HttpError 503 when others wrote in between again and again
 */
export async function updateRecord(store: SessionStore, change: StoredChange): Promise<boolean> {
  const { idHash, ttlSeconds } = change;
  const written = await settleConflicts(store, change, async (text, ifVersion) => {
    if (text !== EMPTY_TEXT) return store.set(idHash, text, { ttlSeconds, ifVersion });
    // The changes of several requests together emptied it: such a session is not kept.
    await store.destroy(idHash);
    return true;
  });
  return written !== undefined && written !== EMPTY_TEXT;
}

/** Gives a record more time. Answers false when the session has ended or moved meanwhile: its cookie must not be set then. */
export async function touchRecord(store: SessionStore, idHash: string, ttlSeconds: number): Promise<boolean> {
  if (!(await store.touch(idHash, ttlSeconds))) return false;
  const record = await store.get(idHash);
  return record !== undefined && !isMoved(record);
}

/**
 * Ends a record because its session goes on under another id, and answers the text to go on with. Where the session
 * has ended meanwhile, only what this request changed goes on: what had been ended must not come back.
 *
 * @throws HttpError 503 when others wrote in between again and again
 */
export async function retireRecord(store: SessionStore, change: StoredChange): Promise<string> {
  const text = await settleConflicts(store, change, (_, ifVersion) =>
    store.set(change.idHash, MOVED_TEXT, { ttlSeconds: MOVED_SECONDS, ifVersion }),
  );
  return text ?? mergeChanges(change.record.data, change.text, EMPTY_TEXT);
}

/** Calls `write` until it answers true, merging in between; answers the text of that call, undefined if the session is gone. */
async function settleConflicts(
  store: SessionStore,
  { idHash, record, text }: StoredChange,
  write: (text: string, ifVersion: number) => Promise<boolean> | boolean,
): Promise<string | undefined> {
  let latest = record;
  let merged = text;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (await write(merged, latest.version)) return merged;
    const found = await store.get(idHash);
    if (found === undefined || isMoved(found)) return undefined;
    latest = found;
    merged = mergeChanges(record.data, text, latest.data);
  }
  throw serviceUnavailable({
    code: 'session_conflict',
    detail: 'The session is being changed by too many requests at once.',
    headers: { 'Retry-After': 1 },
  });
}
