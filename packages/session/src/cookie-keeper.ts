import { parseFlat } from './data/flat-data';
import { parseData } from './data/session-json';
import { makeSessionObject } from './data/session-object';
import { clearCookie, compareTokens, issueCookie, openCookie } from './session-cookie';
import { beginSession, NO_TOKENS, type SessionKeeper } from './session-keeper';
import type { SessionSettings } from './session-settings';
import { readSeconds, type OpenedToken } from './token/token';

/** Keeps sessions in their cookies: the payload of the token is the session. */
export function cookieKeeper(settings: SessionSettings): SessionKeeper {
  return {
    find(request, owner) {
      let now = 0;
      let others: OpenedToken[] | undefined;
      const open = (value: string): OpenedToken | undefined => {
        if (now === 0) now = readSeconds();
        return openCookie(settings, value, now);
      };
      const isBetter = (one: OpenedToken, best: OpenedToken): boolean => {
        const isBest = compareTokens(settings, one, best) >= 0;
        (others ??= []).push(isBest ? best : one);
        return isBest;
      };
      const token = request.findCookie(settings.cookieName, open, isBetter);
      if (token === undefined) return beginSession(owner, now > 0);
      const text = token.payload;
      if (token.flat === undefined) token.flat = parseFlat(text);
      const { flat } = token;
      const data = flat === null ? parseData(text, owner) : makeSessionObject(flat, owner);
      return { data, text, flat, token, others: others ?? NO_TOKENS, record: undefined, hasCookie: true };
    },
    save(context, { claims, found }) {
      issueCookie(settings, context, claims, found);
    },
    end(context, found) {
      if (found.hasCookie) clearCookie(settings, context, found);
    },
  };
}
