import type { MaybePromise } from '@sluice/core';

/** A row that can be read. */
export interface SessionRow {
  /** 1 or more. */
  readonly version: number;
  readonly data: string;
}

/** A row as it is to be written, on a condition. */
export interface SessionRowWrite {
  readonly key: string;
  /** The version that the row must have; 0: there must be none, or one that has expired, which is replaced. */
  readonly ifVersion: number;
  readonly version: number;
  /** undefined: the row keeps its data; only with an `ifVersion` above 0. */
  readonly data: string | undefined;
  /** Milliseconds from now, by the clock of the database, after which the row has expired. */
  readonly ttlMs: number;
}

/**
 * The four statements of a database that keeps sessions, in a table of four columns: `key`, a text and the primary key;
 * `version`, a whole number; `data`, a text; and the time at which the row expires, with an index. Each must be atomic:
 * one statement, or a transaction. A version of 0 marks a session that was ended.
 */
export interface SessionStatements {
  /** Reads a row that has a version above 0 and has not expired. */
  read(key: string): MaybePromise<SessionRow | undefined>;
  /** Compares and sets: inserts, or updates the row if it is as the write expects. Returns whether it has written. */
  write(write: SessionRowWrite): MaybePromise<boolean>;
  /**
   * Puts a row of version 0, without data, that expires after so many milliseconds, in the place of whatever is there.
   * Returns the data of the row that `read` would have found.
   */
  end(key: string, ttlMs: number): MaybePromise<string | undefined>;
  /** Deletes expired rows, at most so many, and returns how many it has deleted. */
  purge(limit: number): MaybePromise<number>;
}
