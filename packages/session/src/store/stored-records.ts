import type { RecordOwners } from './record-owners';
import { formatRecord, parseRecord, type RecordContent, type RecordOwner } from './record-text';
import type { SessionStore } from './session-store';
import type { StoredRecord } from './stored-record';

/** The number of times that a session may move while an old id still leads to it. */
const MOST_MOVES = 4;

/** The records of a store, and the ways that lead from one to the next. */
export class StoredRecords {
  constructor(
    private readonly store: SessionStore,
    private readonly owners: RecordOwners,
  ) {}

  /** Reads a record, perhaps of a session that has moved; undefined if it has ended, or those of its user have. */
  async read(idHash: string): Promise<StoredRecord | undefined> {
    const found = await this.store.get(idHash);
    if (found === undefined) return undefined;
    const content = parseRecord(found.data);
    if (content.owner !== undefined && (await this.owners.haveEnded(content.owner))) return undefined;
    return { ...content, idHash, version: found.version };
  }

  async readLatest(idHash: string): Promise<StoredRecord | undefined> {
    const record = await this.read(idHash);
    return record && this.follow(record);
  }

  /** Finds the present record of a session that has moved, perhaps more than once; undefined if it has ended. */
  async follow(record: StoredRecord): Promise<StoredRecord | undefined> {
    let present: StoredRecord | undefined = record;
    for (let move = 0; move <= MOST_MOVES; move++) {
      if (present?.movedTo === undefined) return present;
      if (present.movedTo === '') return undefined;
      present = await this.read(present.movedTo);
    }
    return undefined;
  }

  /** @throws Error when the store refuses, which only a collision of 256-bit ids or a broken store can cause */
  async create(
    idHash: string,
    json: string,
    ttlSeconds: number,
    previous?: RecordOwner,
  ): Promise<StoredRecord> {
    const created = await this.write({ idHash, version: 0, owner: previous }, json, ttlSeconds);
    if (created !== undefined) return created;
    throw new Error(
      'The session store refused to create a record: `set` with `ifVersion: 0` returned false.',
    );
  }

  /** Writes a record of a version; undefined if there is another one by now. */
  async write(
    { idHash, version, owner: previous }: Pick<StoredRecord, 'idHash' | 'version' | 'owner'>,
    json: string,
    ttlSeconds: number,
  ): Promise<StoredRecord | undefined> {
    const owner = await this.owners.find(json, previous);
    if (!(await this.replace({ idHash, version }, { json, owner }, ttlSeconds))) return undefined;
    return { idHash, json, owner, version: version + 1 };
  }

  /** Replaces a record of a version; false if there is another one by now. */
  async replace(
    { idHash, version }: Pick<StoredRecord, 'idHash' | 'version'>,
    content: RecordContent,
    ttlSeconds: number,
  ): Promise<boolean> {
    return this.store.set(idHash, formatRecord(content), { ttlSeconds, ifVersion: version });
  }

  /** Gives a record more time; false if the session has ended or moved. */
  async touch({ idHash, version }: StoredRecord, ttlSeconds: number): Promise<boolean> {
    if (await this.store.touch(idHash, { ttlSeconds, ifVersion: version })) return true;
    // A request that has written in between has given it time as well.
    const latest = await this.read(idHash);
    return latest !== undefined && latest.movedTo === undefined;
  }

  /** Ends a session, by its id or one that it had before. */
  async end(idHash: string): Promise<void> {
    let next: string | undefined = idHash;
    for (let move = 0; next && move <= MOST_MOVES; move++) {
      const data: string | undefined = await this.store.destroy(next);
      next = data === undefined ? undefined : parseRecord(data).movedTo;
    }
  }
}
