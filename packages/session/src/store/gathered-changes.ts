import { findChangedKeys, type ChangedKey } from '../data/changed-keys';
import type { RecordChange, StoredRecord } from './stored-record';

/** The most changes that one write takes, so that the loop turns in between. */
const MOST_TOGETHER = 100;

/** A change that has not been written, and what becomes of it. */
export interface GatheredChange extends RecordChange {
  readonly keys: readonly ChangedKey[];
  /** With whether the request's id still is that of the session. */
  readonly resolve: (isHere: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes some changes of one session together, and settles each. Returns the record if it has written one.
 *
 * @param known the record as it was written a moment ago
 * @throws the error for which none could be written
 */
export type WriteTogether = (
  changes: readonly GatheredChange[],
  known: StoredRecord | undefined,
) => Promise<StoredRecord | undefined>;

/**
 * The changes that concurrent requests of this process make to sessions. While a write of a session is on its way, others
 * gather, and the next write takes them together. So they do not compete, and a store is asked less often.
 */
export class GatheredChanges {
  private readonly waiting = new Map<string, GatheredChange[]>();

  constructor(private readonly writeTogether: WriteTogether) {}

  /** Resolves when the change is written, with whether the request's id still is that of the session. */
  add(change: RecordChange): Promise<boolean> {
    const keys = findChangedKeys(change.record.json, change.json);
    return new Promise((resolve, reject) => {
      const { idHash } = change.record;
      const gathered = { ...change, keys, resolve, reject };
      const waiting = this.waiting.get(idHash);
      if (waiting !== undefined) {
        waiting.push(gathered);
        return;
      }
      const first = [gathered];
      this.waiting.set(idHash, first);
      void this.write(idHash, first);
    });
  }

  /** An error ends what waits as well: behind a store that does not answer, each write would wait for a deadline of its own. */
  private async write(idHash: string, waiting: GatheredChange[]): Promise<void> {
    let known: StoredRecord | undefined;
    while (waiting.length > 0) {
      const changes = waiting.splice(0, MOST_TOGETHER);
      try {
        known = await this.writeTogether(changes, known);
      } catch (error) {
        for (const { reject } of [...changes, ...waiting.splice(0)]) reject(error);
      }
    }
    this.waiting.delete(idHash);
  }
}
