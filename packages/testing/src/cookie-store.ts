import { isToken } from '@sluice/core';
import { Cookie, CookieJar } from 'tough-cookie';

/** A cookie as the client holds it. */
export interface StoredCookie {
  readonly name: string;
  /** As it was sent, not decoded. */
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | undefined;
  /** Undefined for a cookie that lasts as long as the client. */
  readonly expires: Date | undefined;
}

/** What no cookie value may hold (RFC 6265bis §4.1.1). */
const UNSENDABLE = /[^\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]/gu;

/** The cookies of one client, kept and sent by RFC 6265bis: domain, path, expiry, Secure, host-only and prefixes count. */
export class CookieStore {
  private jar = new CookieJar();

  /** @param origin for whom cookies are that are not said to be for another */
  constructor(private readonly origin: string) {}

  /**
   * Sets a cookie for the client's origin and every path. Characters that no value may hold are percent-encoded.
   *
   * @throws TypeError when the name is none, or the origin may not have such a cookie (`__Host-` without https)
   */
  set(name: string, value: string): void {
    const sendable = value.replace(UNSENDABLE, (character) => encodeURIComponent(character));
    const line = `${name}=${sendable}; Path=/${/^__(host|secure)-/i.test(name) ? '; Secure' : ''}`;
    if (!isToken(name) || this.store(line) === undefined)
      throw new TypeError(`${this.origin} can not have a cookie of the name ${JSON.stringify(name)}.`);
  }

  /** The value that a request to `url` (default: the client's origin) would send; undefined where it would send none. */
  get(name: string, url = this.origin): string | undefined {
    return this.jar.getCookiesSync(url).find(({ key }) => key === name)?.value;
  }

  /** Every cookie that has not expired, whatever it is for. */
  list(): StoredCookie[] {
    const kept = this.jar.serializeSync()?.cookies ?? [];
    return kept.flatMap((serialized) => {
      const cookie = Cookie.fromJSON(serialized);
      return cookie === undefined || cookie.TTL() <= 0 ? [] : [describeCookie(cookie)];
    });
  }

  /** Forgets them all. */
  clear(): void {
    this.jar = new CookieJar();
  }

  /** Keeps the cookie of a Set-Cookie line as a browser would; undefined where one would refuse it. */
  store(setCookie: string, url = this.origin): StoredCookie | undefined {
    const cookie = this.jar.setCookieSync(setCookie, url, { ignoreError: true });
    return cookie && describeCookie(cookie);
  }

  /** The Cookie header of a request to `url`; empty where there is nothing to send. */
  format(url: string): string {
    return this.jar.getCookieStringSync(url);
  }
}

function describeCookie(cookie: Cookie): StoredCookie {
  return {
    name: cookie.key,
    value: cookie.value,
    domain: cookie.domain ?? '',
    path: cookie.path ?? '/',
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: cookie.sameSite as StoredCookie['sameSite'],
    expires: cookie.expiryDate(),
  };
}
