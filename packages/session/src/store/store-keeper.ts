import { afterwards } from '@sluice/core';
import { EMPTY_TEXT, parseForeignData } from '../data/session-json';
import { clearCookie, issueCookie, MOST_CANDIDATES, openCookie } from '../session-cookie';
import { beginSession, type FoundSession, type SessionKeeper } from '../session-keeper';
import type { SessionSettings } from '../session-settings';
import { hashIdentity, readSeconds, type TokenClaims } from '../token/token';
import { guardStore, type SessionStore } from './session-store';
import { createRecord, isMoved, moveRecord, updateRecord } from './stored-record';

/** Keeps sessions in a store: the token of the cookie holds only the session's id. */
export function storeKeeper(settings: SessionSettings, unguarded: SessionStore): SessionKeeper {
  const store = guardStore(unguarded);

  /** Takes the first cookie that is authentic, has not expired, and has a record. Others cost no look-up. */
  async function findRecord(values: readonly string[], owner: object): Promise<FoundSession> {
    const now = readSeconds();
    let hasCookie = true;
    for (const value of values) {
      const token = openCookie(settings, value, now);
      if (token === undefined) continue;
      const idHash = hashIdentity(token.identity);
      const record = await store.get(idHash);
      if (record === undefined) continue;
      if (isMoved(record)) {
        // The browser may already have the new cookie, which clearing this one would remove.
        hasCookie = false;
        continue;
      }
      const text = record.data;
      const data = parseForeignData(text, owner);
      if (data === undefined) continue;
      return { data, text, flat: null, token, record: { ...record, idHash }, hasCookie: true };
    }
    return beginSession(owner, hasCookie);
  }

  return {
    find(request, owner) {
      const values = request.cookieValues(settings.cookieName);
      if (values.length === 0) return beginSession(owner, false);
      return findRecord(values.slice(0, MOST_CANDIDATES), owner);
    },

    async save(context, { found: { record }, claims, renewal }) {
      const ttlSeconds = countSecondsLeft(settings, claims);
      let text = claims.payload;
      if (record !== undefined && renewal === 'none') {
        const isKept = await updateRecord(store, { record, text, ttlSeconds });
        // Another request has ended the session: this one must not bring its cookie back.
        if (!isKept) return;
      } else {
        if (renewal === 'empty' && record !== undefined) await store.destroy(record.idHash);
        else if (record !== undefined) text = await moveRecord(store, { record, text, ttlSeconds });
        if (text === EMPTY_TEXT) return clearCookie(settings, context);
        await createRecord(store, hashIdentity(claims.identity), text, ttlSeconds);
      }
      issueCookie(settings, context, { ...claims, payload: '' });
    },

    end(context, { record, hasCookie }) {
      const clear = () => {
        if (hasCookie) clearCookie(settings, context);
      };
      return record === undefined ? clear() : afterwards(store.destroy(record.idHash), clear);
    },
  };
}

/** The time for which a session saved now can still be used; a store takes no less than one second. */
function countSecondsLeft(settings: SessionSettings, { createdAt, issuedAt }: TokenClaims): number {
  const left = createdAt + settings.absoluteTimeout - issuedAt;
  return Math.max(1, Math.min(settings.lifetime, settings.idleTimeout, left));
}
