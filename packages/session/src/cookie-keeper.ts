import { parseFlat } from './data/flat-data';
import { parseData } from './data/session-json';
import { makeSessionObject } from './data/session-object';
import { clearCookie, issueCookie, MOST_CANDIDATES, openCookie } from './session-cookie';
import { beginSession, type SessionKeeper } from './session-keeper';
import type { SessionSettings } from './session-settings';
import { readSeconds } from './token/token';

/** Keeps sessions in their cookies: the payload of the token is the session. */
export function cookieKeeper(settings: SessionSettings): SessionKeeper {
  return {
    find(request, owner) {
      let tried = 0;
      let now = 0;
      const token = request.findCookie(settings.cookieName, (value) => {
        if (tried === 0) now = readSeconds();
        return tried++ < MOST_CANDIDATES ? openCookie(settings, value, now) : undefined;
      });
      if (token === undefined) return beginSession(owner, tried > 0);
      const text = token.payload;
      if (token.flat === undefined) token.flat = parseFlat(text);
      const { flat } = token;
      const data = flat === null ? parseData(text, owner) : makeSessionObject(flat, owner);
      return { data, text, flat, token, record: undefined, hasCookie: true };
    },
    save(context, { claims }) {
      issueCookie(settings, context, claims);
    },
    end(context, { hasCookie }) {
      if (hasCookie) clearCookie(settings, context);
    },
  };
}
