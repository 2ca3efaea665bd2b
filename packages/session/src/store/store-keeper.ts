import { EMPTY_TEXT, parseForeignData } from '../data/session-json';
import { clearCookie, compareTokens, issueCookie, openCookie } from '../session-cookie';
import { beginSession, type FoundSession, type SessionKeeper } from '../session-keeper';
import type { SessionSettings } from '../session-settings';
import { hashIdentity, readSeconds, type TokenClaims } from '../token/token';
import type { OnConflict } from './merge-gathered';
import { RecordOwners, type UserOf } from './record-owners';
import { guardStore, type SessionStore } from './session-store';
import { StoredRecords } from './stored-records';
import { StoredSessions } from './stored-sessions';

/** The options of a session that only a store needs. */
export interface StoreKeeperOptions {
  readonly store: SessionStore;
  readonly userOf?: UserOf | undefined;
  readonly regenerateGrace: number;
  readonly onConflict: OnConflict;
}

/** Keeps sessions in a store: the token of the cookie holds only the session's id. */
export function storeKeeper(settings: SessionSettings, options: StoreKeeperOptions): SessionKeeper {
  const store = guardStore(options.store);
  const records = new StoredRecords(store, new RecordOwners(store, options.userOf));
  const sessions = new StoredSessions(records, {
    longestSeconds: Math.max(1, Math.min(settings.lifetime, settings.idleTimeout, settings.absoluteTimeout)),
    graceSeconds: options.regenerateGrace,
    onConflict: options.onConflict,
  });

  /** Takes the newest of the valid cookies that has a record. Others cost no look-up. */
  async function findRecord(values: readonly string[], owner: object): Promise<FoundSession> {
    const now = readSeconds();
    const tokens = [...new Set(values)].reverse().flatMap((value) => openCookie(settings, value, now) ?? []);
    tokens.sort((one, other) => compareTokens(settings, other, one));
    for (const token of tokens) {
      const record = await sessions.open(hashIdentity(token.identity));
      if (record === undefined) continue;
      const text = record.json;
      const data = parseForeignData(text, owner);
      if (data === undefined) continue;
      const others = tokens.filter((other) => other !== token);
      return { data, text, flat: null, token, others, record, hasCookie: true };
    }
    return beginSession(owner, true, tokens);
  }

  async function endAll({ token, record }: FoundSession, others: FoundSession['others']): Promise<void> {
    const idHashes = new Set<string>(record && [record.idHash]);
    for (const one of token === undefined ? [] : [token, ...others]) idHashes.add(hashIdentity(one.identity));
    for (const idHash of idHashes) await records.end(idHash);
  }

  return {
    find(request, owner) {
      const values = request.cookieValues(settings.cookieName);
      if (values.length === 0) return beginSession(owner, false);
      return findRecord(values, owner);
    },

    async save(context, { found, claims, renewal }) {
      const { record } = found;
      const ttlSeconds = countSecondsLeft(settings, claims);
      const json = claims.payload;
      const idHash = hashIdentity(claims.identity);
      if (record !== undefined && renewal === 'none') {
        const isHere = await sessions.update({ record, json, ttlSeconds });
        // Another request has ended or moved the session: this one must not bring its cookie back.
        if (!isHere) return;
      } else if (record !== undefined && renewal === 'keep') {
        const text = await sessions.move({ record, json, ttlSeconds }, idHash);
        if (text === EMPTY_TEXT)
          return record.isFormer === true ? undefined : clearCookie(settings, context, found);
      } else {
        if (record !== undefined) await endAll(found, []);
        await records.create(idHash, json, ttlSeconds);
      }
      issueCookie(settings, context, { ...claims, payload: '' }, found);
    },

    async end(context, found) {
      await endAll(found, found.others);
      if (found.hasCookie) clearCookie(settings, context, found);
    },
  };
}

/** The time for which a session saved now can still be used; a store takes no less than one second. */
function countSecondsLeft(settings: SessionSettings, { createdAt, issuedAt }: TokenClaims): number {
  const left = createdAt + settings.absoluteTimeout - issuedAt;
  return Math.max(1, Math.min(settings.lifetime, settings.idleTimeout, left));
}
