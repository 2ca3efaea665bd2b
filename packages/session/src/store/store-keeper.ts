import { EMPTY_TEXT, parseForeignData } from '../data/session-json';
import { clearCookie, compareTokens, issueCookie, openCookie } from '../session-cookie';
import { beginSession, type FoundSession, type SessionKeeper } from '../session-keeper';
import type { SessionSettings } from '../session-settings';
import { hashIdentity, readSeconds, type TokenClaims } from '../token/token';
import { guardStore, type SessionStore } from './session-store';
import { createRecord, isMoved, moveRecord, updateRecord } from './stored-record';

/** Keeps sessions in a store: the token of the cookie holds only the session's id. */
export function storeKeeper(settings: SessionSettings, unguarded: SessionStore): SessionKeeper {
  const store = guardStore(unguarded);

  /** Takes the newest of the valid cookies that has a record. Others cost no look-up. */
  async function findRecord(values: readonly string[], owner: object): Promise<FoundSession> {
    const now = readSeconds();
    const tokens = [...new Set(values)].reverse().flatMap((value) => openCookie(settings, value, now) ?? []);
    tokens.sort((one, other) => compareTokens(settings, other, one));
    for (const token of tokens) {
      const idHash = hashIdentity(token.identity);
      const record = await store.get(idHash);
      if (record === undefined || isMoved(record)) continue;
      const text = record.data;
      const data = parseForeignData(text, owner);
      if (data === undefined) continue;
      const others = tokens.filter((other) => other !== token);
      return { data, text, flat: null, token, others, record: { ...record, idHash }, hasCookie: true };
    }
    return beginSession(owner, true, tokens);
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
      let text = claims.payload;
      if (record !== undefined && renewal === 'none') {
        const isKept = await updateRecord(store, { record, text, ttlSeconds });
        // Another request has ended the session: this one must not bring its cookie back.
        if (!isKept) return;
      } else {
        if (renewal === 'empty' && record !== undefined) await store.destroy(record.idHash);
        else if (record !== undefined) text = await moveRecord(store, { record, text, ttlSeconds });
        if (text === EMPTY_TEXT) return clearCookie(settings, context, found);
        await createRecord(store, hashIdentity(claims.identity), text, ttlSeconds);
      }
      issueCookie(settings, context, { ...claims, payload: '' }, found);
    },

    async end(context, found) {
      const { token, others, hasCookie } = found;
      const ended = token === undefined ? [] : [token, ...others];
      const idHashes = new Set(ended.map(({ identity }) => hashIdentity(identity)));
      for (const idHash of idHashes) await store.destroy(idHash);
      if (hasCookie) clearCookie(settings, context, found);
    },
  };
}

/** The time for which a session saved now can still be used; a store takes no less than one second. */
function countSecondsLeft(settings: SessionSettings, { createdAt, issuedAt }: TokenClaims): number {
  const left = createdAt + settings.absoluteTimeout - issuedAt;
  return Math.max(1, Math.min(settings.lifetime, settings.idleTimeout, left));
}
