import type { RecordContent } from './record-text';

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
