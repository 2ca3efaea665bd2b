import { serviceUnavailable } from '@sluice/core';
import { EMPTY_TEXT, mergeChanges } from '../data/session-json';
import type { RecordOwners } from './record-owners';
import { formatRecord, parseRecord, type RecordContent, type RecordOwner } from './record-text';
import type { SessionStore } from './session-store';

/** The number of times that a write is attempted while other requests write in between. */
const MOST_ATTEMPTS = 8;
/** The number of times that a session may move while an old id still leads to it. */
const MOST_MOVES = 4;
/** Seconds for which an old id is marked that leads nowhere. */
const MARKED_SECONDS = 60;

/** A record as this request read it, and its key in the store. */
export interface StoredRecord extends RecordContent {
  readonly idHash: string;
  readonly version: number;
  /**
   * The request came with an id that the session had before. It reads the session as it was then, so it gains no rights;
   * `idHash` is where the session is now, which gets what the request changes.
   */
  readonly isFormer?: boolean;
}

/** A change to a session. */
export interface RecordChange {
  readonly record: StoredRecord;
  /** The session's new JSON. */
  readonly json: string;
  readonly ttlSeconds: number;
}

/** How long records live. */
export interface StoredTimes {
  /** The longest time that a session lives after a change. */
  readonly longestSeconds: number;
  /** The time for which an old id leads to the session after it was regenerated. */
  readonly graceSeconds: number;
}

/** Sessions in a store: what becomes of them when requests change, move and end them at the same time. */
export class StoredSessions {
  constructor(
    private readonly store: SessionStore,
    private readonly owners: RecordOwners,
    private readonly times: StoredTimes,
  ) {}

  /** Finds a session by its id, or for a while by the one before. */
  async open(idHash: string): Promise<StoredRecord | undefined> {
    const record = await this.read(idHash);
    if (record?.movedTo === undefined) return record;
    const present = await this.follow(record);
    return present && { ...record, idHash: present.idHash, isFormer: true };
  }

  /** @throws Error when the store refuses, which only a collision of 256-bit ids or a broken store can cause */
  async create(
    idHash: string,
    json: string,
    ttlSeconds: number,
    previous?: RecordOwner,
  ): Promise<StoredRecord> {
    const owner = await this.owners.find(json, previous);
    if (await this.store.set(idHash, formatRecord({ json, owner }), { ttlSeconds, ifVersion: 0 }))
      return { idHash, json, owner, version: 1 };
    throw new Error(
      'The session store refused to create a record: `set` with `ifVersion: 0` returned false.',
    );
  }

  /**
   * Writes a change, merged with what other requests wrote in between: only the top-level keys that this request
   * changed are replaced. Without a change the record only gets more time. If the session has ended meanwhile, nothing is
   * written. Returns whether the request's id still is that of the session, so that its cookie can be set again.
   *
   * @throws HttpError 503 when other requests win every attempt
   */
  async update({ record, json, ttlSeconds }: RecordChange): Promise<boolean> {
    if (json === record.json) return record.isFormer !== true && this.touch(record, ttlSeconds);
    let latest = record.isFormer === true ? await this.readLatest(record.idHash) : record;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (latest === undefined) return false;
      const merged = latest === record ? json : mergeChanges(record.json, json, latest.json);
      if (merged === EMPTY_TEXT) {
        // The changes of several requests together have emptied the session.
        await this.end(latest.idHash);
        return false;
      }
      const isHere = record.isFormer !== true && latest.idHash === record.idHash;
      if (await this.write(latest, merged, isHere ? ttlSeconds : this.times.longestSeconds)) return isHere;
      latest = await this.readLatest(latest.idHash);
    }
    throw makeConflict();
  }

  /**
   * Moves a session to a new id, and returns its JSON there. The new record is written first, so a request that follows the
   * old id finds it. If the session has ended meanwhile, only what this request changed goes on: data of an ended session
   * must not come back. A request with a former id gets a session apart: the present one is not its to take.
   *
   * @throws HttpError 503 when other requests win every attempt
   */
  async move({ record, json, ttlSeconds }: RecordChange, idHash: string): Promise<string> {
    if (record.isFormer === true) {
      if (json !== EMPTY_TEXT) await this.create(idHash, json, ttlSeconds, record.owner);
      return json;
    }
    const created = await this.create(idHash, json, ttlSeconds, record.owner);
    const merged = await this.leave(record, json, idHash);
    if (merged === EMPTY_TEXT) await this.store.destroy(idHash);
    else if (merged !== json) await this.update({ record: created, json: merged, ttlSeconds });
    return merged;
  }

  /** Ends a session, by its id or one that it had before. */
  async end(idHash: string): Promise<void> {
    let next: string | undefined = idHash;
    for (let move = 0; next && move <= MOST_MOVES; move++) {
      const data: string | undefined = await this.store.destroy(next);
      next = data === undefined ? undefined : parseRecord(data).movedTo;
    }
  }

  /** Makes the old id lead to the new one, and returns the JSON to go on with. */
  private async leave(record: StoredRecord, json: string, movedTo: string): Promise<string> {
    const { graceSeconds } = this.times;
    const ttlSeconds = graceSeconds === 0 ? MARKED_SECONDS : graceSeconds;
    let latest = record;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const merged = latest === record ? json : mergeChanges(record.json, json, latest.json);
      const text = formatRecord(graceSeconds === 0 ? { json: '', movedTo: '' } : { ...latest, movedTo });
      if (await this.store.set(record.idHash, text, { ttlSeconds, ifVersion: latest.version })) return merged;
      const found = await this.read(record.idHash);
      if (found === undefined) return mergeChanges(record.json, json, EMPTY_TEXT);
      if (found.movedTo !== undefined) {
        const isOver = (await this.follow(found)) === undefined;
        return mergeChanges(record.json, json, isOver ? EMPTY_TEXT : found.json);
      }
      latest = found;
    }
    throw makeConflict();
  }

  private async write(latest: StoredRecord, json: string, ttlSeconds: number): Promise<boolean> {
    const owner = await this.owners.find(json, latest.owner);
    const text = formatRecord({ json, owner });
    return this.store.set(latest.idHash, text, { ttlSeconds, ifVersion: latest.version });
  }

  private async touch({ idHash, version }: StoredRecord, ttlSeconds: number): Promise<boolean> {
    if (await this.store.touch(idHash, { ttlSeconds, ifVersion: version })) return true;
    // A request that has written in between has given it time as well.
    const latest = await this.read(idHash);
    return latest !== undefined && latest.movedTo === undefined;
  }

  private async read(idHash: string): Promise<StoredRecord | undefined> {
    const found = await this.store.get(idHash);
    if (found === undefined) return undefined;
    const content = parseRecord(found.data);
    if (content.owner !== undefined && (await this.owners.haveEnded(content.owner))) return undefined;
    return { ...content, idHash, version: found.version };
  }

  private async readLatest(idHash: string): Promise<StoredRecord | undefined> {
    const record = await this.read(idHash);
    return record && this.follow(record);
  }

  /** Finds the present record of a session that has moved, perhaps more than once; undefined if it has ended. */
  private async follow(record: StoredRecord): Promise<StoredRecord | undefined> {
    let present: StoredRecord | undefined = record;
    for (let move = 0; move <= MOST_MOVES; move++) {
      if (present?.movedTo === undefined) return present;
      if (present.movedTo === '') return undefined;
      present = await this.read(present.movedTo);
    }
    return undefined;
  }
}

function makeConflict(): Error {
  return serviceUnavailable({
    code: 'session_conflict',
    detail: 'Too many requests are changing the session at the same time.',
    headers: { 'Retry-After': 1 },
  });
}
