import { mergeChanges } from '../data/changed-keys';
import { EMPTY_TEXT } from '../data/session-json';
import { attemptOften } from './attempt-often';
import { GatheredChanges, type GatheredChange } from './gathered-changes';
import { makeConflict } from './make-conflict';
import { mergeGathered, type OnConflict } from './merge-gathered';
import type { RecordContent } from './record-text';
import type { RecordChange, StoredRecord } from './stored-record';
import type { StoredRecords } from './stored-records';

/** Seconds for which an old id is marked that leads nowhere. */
const MARKED_SECONDS = 60;
const MARK: RecordContent = { json: '', movedTo: '' };

/** How long records live, and who wins. */
export interface StoredRules {
  /** The longest time that a session lives after a change. */
  readonly longestSeconds: number;
  /** The time for which an old id leads to the session after it was regenerated. */
  readonly graceSeconds: number;
  readonly onConflict: OnConflict;
}

/** Sessions in a store: what becomes of them when requests change and move them at the same time. */
export class StoredSessions {
  private readonly changes = new GatheredChanges((changes, known) => this.writeTogether(changes, known));

  constructor(
    private readonly records: StoredRecords,
    private readonly rules: StoredRules,
  ) {}

  /** Finds a session by its id, or for a while by the one before. */
  async open(idHash: string): Promise<StoredRecord | undefined> {
    const record = await this.records.read(idHash);
    if (record?.movedTo === undefined) return record;
    const present = await this.records.follow(record);
    return present && { ...record, idHash: present.idHash, isFormer: true };
  }

  /**
   * Writes a change together with those of other requests: only the top-level keys that this request changed are replaced.
   * Without a change the record only gets more time. If the session has ended meanwhile, nothing is written. Returns
   * whether the request's id still is that of the session, so that its cookie can be set again.
   *
   * @throws HttpError 503 when another request has changed the same key, or others win every attempt
   */
  async update(change: RecordChange): Promise<boolean> {
    const { record, json, ttlSeconds } = change;
    if (json !== record.json) return this.changes.add(change);
    return record.isFormer !== true && this.records.touch(record, ttlSeconds);
  }

  /**
   * Moves a session to a new id, and returns its JSON there. The new record is written first, so a request that follows the
   * old id finds it. If the session has ended meanwhile, only what this request changed goes on: data of an ended session
   * must not come back. To a key that others have changed as well, this request gives its own value: a login must not fail.
   * A request with a former id gets a session apart, because the present one is not its to take.
   *
   * @throws HttpError 503 when other requests win every attempt
   */
  async move({ record, json, ttlSeconds }: RecordChange, idHash: string): Promise<string> {
    if (record.isFormer === true) {
      if (json !== EMPTY_TEXT) await this.records.create(idHash, json, ttlSeconds, record.owner);
      return json;
    }
    const created = await this.records.create(idHash, json, ttlSeconds, record.owner);
    const merged = await this.leave(record, json, idHash);
    if (merged === EMPTY_TEXT) await this.records.end(idHash);
    else if (merged !== json) await this.update({ record: created, json: merged, ttlSeconds });
    return merged;
  }

  /** Makes the old id lead to the new one, and returns the JSON to go on with. */
  private async leave(record: StoredRecord, json: string, movedTo: string): Promise<string> {
    const { graceSeconds } = this.rules;
    const ttlSeconds = graceSeconds === 0 ? MARKED_SECONDS : graceSeconds;
    let known: StoredRecord | undefined = record;
    return attemptOften(async () => {
      const latest = known ?? (await this.records.read(record.idHash));
      known = undefined;
      if (latest === undefined) return mergeChanges(record.json, json, EMPTY_TEXT);
      if (latest.movedTo !== undefined) {
        const isOver = (await this.records.follow(latest)) === undefined;
        return mergeChanges(record.json, json, isOver ? EMPTY_TEXT : latest.json);
      }
      const merged = latest === record ? json : mergeChanges(record.json, json, latest.json);
      const content = graceSeconds === 0 ? MARK : { ...latest, movedTo };
      return (await this.records.replace(latest, content, ttlSeconds)) ? merged : undefined;
    });
  }

  /** The first attempt takes the record for unchanged, since it was read, or since the write before. */
  private async writeTogether(
    changes: readonly GatheredChange[],
    known = findNewest(changes),
  ): Promise<StoredRecord | undefined> {
    let { idHash } = changes[0]!.record;
    const written = await attemptOften(async () => {
      const latest = known ?? (await this.records.readLatest(idHash));
      known = undefined;
      if (latest !== undefined) {
        ({ idHash } = latest);
        return this.attempt(changes, latest);
      }
      for (const { resolve } of changes) resolve(false);
      return 'nothing';
    });
    return written === 'nothing' ? undefined : written;
  }

  /** Writes changes to a record, and settles them; undefined if the record is another one by now. */
  private async attempt(
    changes: readonly GatheredChange[],
    latest: StoredRecord,
  ): Promise<StoredRecord | 'nothing' | undefined> {
    const { json, accepted, refused } = mergeGathered(changes, latest.json, this.rules.onConflict);
    const isHere = ({ record }: RecordChange) => record.isFormer !== true && record.idHash === latest.idHash;
    const times = accepted.map((one) => (isHere(one) ? one.ttlSeconds : this.rules.longestSeconds));
    const isEnded = json === EMPTY_TEXT;
    const written = accepted.length > 0 ? await this.write(latest, json, Math.max(...times)) : 'nothing';
    if (written === undefined) return undefined;
    for (const one of accepted) one.resolve(!isEnded && isHere(one));
    for (const { reject } of refused) reject(makeConflict('Another request has changed the same value.'));
    return written;
  }

  /** The changes of several requests together can empty the session, which then ends if no other process has written. */
  private async write(
    latest: StoredRecord,
    json: string,
    ttlSeconds: number,
  ): Promise<StoredRecord | 'nothing' | undefined> {
    if (json !== EMPTY_TEXT) return this.records.write(latest, json, ttlSeconds);
    return (await this.records.replace(latest, MARK, MARKED_SECONDS)) ? 'nothing' : undefined;
  }
}

/** The record as the request knows it that read it last; undefined if all came with an id of before. */
function findNewest(changes: readonly GatheredChange[]): StoredRecord | undefined {
  let newest: StoredRecord | undefined;
  for (const { record } of changes)
    if (record.isFormer !== true && record.version > (newest?.version ?? 0)) newest = record;
  return newest;
}
