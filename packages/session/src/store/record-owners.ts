import { hash } from 'node:crypto';
import { serviceUnavailable } from '@sluice/core';
import type { SessionData } from '../data/session-data';
import { parseData } from '../data/session-json';
import type { RecordOwner } from './record-text';
import { guardStore, knowsUsers, type SessionStore } from './session-store';

/** Names the user of a session; undefined for a session without a user. */
export type UserOf = (session: SessionData) => string | number | undefined;

/**
 * Ends all sessions of a user, on every device, the one of the present request included. A session that began before is
 * over at its next request, whatever is still being written to it.
 *
 * @param user as the option `userOf` of `session` names the user
 * @throws HttpError 503 when the store fails; TypeError for a store that does not know users
 * @example await endSessionsOf(store, user.id);
 */
export async function endSessionsOf(store: SessionStore, user: string | number): Promise<void> {
  if (!knowsUsers(store))
    throw new TypeError(
      'This session store has no methods readEpoch and raiseEpoch, so it does not know users.',
    );
  await guardStore(store).raiseEpoch(hashUser(user));
}

/** Finds the user of a record, and whether the user's sessions have been ended since. */
export class RecordOwners {
  constructor(
    private readonly store: SessionStore,
    private readonly userOf: UserOf | undefined,
  ) {}

  /** A session that keeps its user keeps the epoch: a late write must not take it over into a new one. */
  async find(json: string, previous: RecordOwner | undefined): Promise<RecordOwner | undefined> {
    const user = this.userOf?.(parseData(json)) ?? undefined;
    if (user === undefined) return this.userOf === undefined ? previous : undefined;
    const userHash = hashUser(user);
    if (previous?.userHash === userHash) return previous;
    return { userHash, epoch: await this.readEpoch(userHash) };
  }

  async haveEnded({ userHash, epoch }: RecordOwner): Promise<boolean> {
    return epoch < (await this.readEpoch(userHash));
  }

  private readEpoch(userHash: string): Promise<number> | number {
    if (knowsUsers(this.store)) return this.store.readEpoch(userHash);
    throw serviceUnavailable({ code: 'session_store_unavailable' });
  }
}

function hashUser(user: string | number): string {
  return hash('sha256', String(user), 'base64url');
}
