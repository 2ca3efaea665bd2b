import type { Context } from '@sluice/core';
import type { SessionSettings } from './session-settings';
import type { OpenedToken, TokenClaims } from './token/token';

/** Cookies with the session's name that are tried: a sibling host can set more of them, so the first may not be ours. */
export const MOST_CANDIDATES = 4;

/** Servers' clocks differ: a token may come from a clock that is this many seconds ahead. */
const CLOCK_DIFFERENCE = 60;

/** Opens the value of a cookie; undefined if it is not authentic or has expired at `now`. */
export function openCookie(settings: SessionSettings, value: string, now: number): OpenedToken | undefined {
  const token = settings.tokens.open(value);
  if (token === undefined) return undefined;
  const { createdAt, issuedAt } = token;
  if (issuedAt > now + CLOCK_DIFFERENCE) return undefined;
  if (now >= issuedAt + Math.min(settings.lifetime, settings.idleTimeout)) return undefined;
  return now >= createdAt + settings.absoluteTimeout ? undefined : token;
}

/**
 * Seals the claims in a token, and sets the cookie.
 *
 * @throws Error when the cookie would be longer than `maxCookieSize`
 */
export function issueCookie(settings: SessionSettings, context: Context, claims: TokenClaims): void {
  const { cookieName, cookie, maxAge, maxCookieSize, tokens } = settings;
  const token = tokens.seal(claims);
  const size = cookieName.length + 1 + token.length;
  if (size > maxCookieSize) throw new Error(explainSize(cookieName, size, maxCookieSize));
  const left = claims.createdAt + settings.absoluteTimeout - claims.issuedAt;
  const options = maxAge === undefined ? cookie : { ...cookie, maxAge: Math.min(maxAge, left) };
  context.response.setCookie(cookieName, token, options);
  forbidCaching(context);
}

/** Clears the cookie. */
export function clearCookie({ cookieName, cookie }: SessionSettings, context: Context): void {
  context.response.clearCookie(cookieName, cookie);
  forbidCaching(context);
}

/** A cache that stored the response would give the session's cookie to other clients. */
function forbidCaching(context: Context): void {
  const { headers } = context.response;
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
}

function explainSize(cookieName: string, size: number, limit: number): string {
  return (
    `The session cookie ${JSON.stringify(cookieName)} would have ${size} bytes, but the limit is ${limit}, so it was not sent. ` +
    'Keep less in the session (an id instead of the object), or use session({ store }), which keeps the data on the server.'
  );
}
