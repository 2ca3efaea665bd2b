import type { Context } from '@sluice/core';
import { parsePlace } from './cookie-place';
import { forbidCaching } from './forbid-caching';
import type { FoundSession } from './session-keeper';
import type { SessionSettings } from './session-settings';
import type { OpenedToken, TokenClaims } from './token/token';

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
 * Compares tokens of one cookie name, which a browser sends together once the cookie has moved to another place: more
 * than 0 if `one` is newer. If both are equally old, the one in the present place counts as newer.
 */
export function compareTokens({ place }: SessionSettings, one: OpenedToken, other: OpenedToken): number {
  return (
    one.issuedAt - other.issuedAt ||
    one.createdAt - other.createdAt ||
    Number(one.place === place) - Number(other.place === place)
  );
}

/**
 * Seals the claims in a token, and sets the cookie. Cookies of this session in other places are cleared.
 *
 * @throws Error when the cookie would be longer than `maxCookieSize`
 */
export function issueCookie(
  settings: SessionSettings,
  context: Context,
  claims: TokenClaims,
  found: FoundSession,
): void {
  const { cookieName, datedCookie, maxAge = 0, maxCookieSize, place, tokens } = settings;
  const token = tokens.seal({ ...claims, place });
  const size = cookieName.length + 1 + token.length;
  if (size > maxCookieSize) throw new Error(explainSize(cookieName, size, maxCookieSize));
  const left = claims.createdAt + settings.absoluteTimeout - claims.issuedAt;
  const options = left < maxAge ? { ...datedCookie, maxAge: left } : datedCookie;
  clearOthers(settings, context, found);
  context.response.setCookie(cookieName, token, options);
  forbidCaching(context.response.headers, settings.keepCacheControl);
}

/** Clears the cookie, in each place where the browser has it. */
export function clearCookie(settings: SessionSettings, context: Context, found: FoundSession): void {
  clearOthers(settings, context, found);
  context.response.clearCookie(settings.cookieName, settings.cookie);
  forbidCaching(context.response.headers, settings.keepCacheControl);
}

/** A cookie that was set with another domain, path or `partitioned` is another cookie for the browser. */
function clearOthers(settings: SessionSettings, context: Context, { token, others }: FoundSession): void {
  if (others.length === 0 && (token === undefined || token.place === settings.place)) return;
  const places = new Set([token, ...others].map((one) => one?.place));
  places.delete(settings.place);
  const { domain: _, secure, ...attributes } = settings.cookie;
  for (const place of places) {
    const { partitioned = false, ...rest } = parsePlace(place);
    const options = { ...attributes, ...rest, partitioned, secure: secure === true || partitioned };
    context.response.clearCookie(settings.cookieName, options);
  }
}

function explainSize(cookieName: string, size: number, limit: number): string {
  return (
    `The session cookie ${JSON.stringify(cookieName)} would have ${size} bytes, but the limit is ${limit}, so it was not sent. ` +
    'Keep less in the session (an id instead of the object), or use session({ store }), which keeps the data on the server.'
  );
}
