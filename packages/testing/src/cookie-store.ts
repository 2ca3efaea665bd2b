import { isToken } from '@sluice/core/kit';
import { Cookie, CookieJar } from 'tough-cookie';

/** A cookie as the client stores it. */
export interface StoredCookie {
  readonly name: string;
  /** As it was received, not decoded. */
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | undefined;
  /** Undefined for a cookie without an expiry, which lasts as long as the client. */
  readonly expires: Date | undefined;
}

/** Characters that are not allowed in a cookie value (RFC 6265bis §4.1.1). */
const UNSENDABLE = /[^\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]/gu;

/** The cookies of one client. Stores and sends them as RFC 6265bis says: by domain, path, expiry, Secure, host-only and prefix. */
export class CookieStore {
  private jar = new CookieJar();

  /** @param origin the default origin of cookies and requests */
  constructor(private readonly origin: string) {}

  /**
   * Sets a cookie for the client's origin and every path. Characters that are not allowed are percent-encoded.
   *
   * @throws TypeError if the name is invalid, or the origin may not set such a cookie (`__Host-` without https)
   */
  set(name: string, value: string): void {
    const sendable = value.replace(UNSENDABLE, (character) => encodeURIComponent(character));
    const line = `${name}=${sendable}; Path=/${/^__(host|secure|http)-/i.test(name) ? '; Secure; HttpOnly' : ''}`;
    if (!isToken(name) || this.store(line) === undefined)
      throw new TypeError(`${this.origin} cannot set a cookie with the name ${JSON.stringify(name)}.`);
  }

  /** The value that a request to `url` would send; undefined if it would send none. Default: the client's origin. */
  get(name: string, url = this.origin): string | undefined {
    return this.jar.getCookiesSync(url).find(({ key }) => key === name)?.value;
  }

  /** Every cookie that has not expired, of any domain and path. */
  list(): StoredCookie[] {
    const kept = this.jar.serializeSync()?.cookies ?? [];
    return kept.flatMap((serialized) => {
      const cookie = Cookie.fromJSON(serialized);
      return cookie === undefined || cookie.TTL() <= 0 ? [] : [describeCookie(cookie)];
    });
  }

  /** Deletes all cookies. */
  clear(): void {
    this.jar = new CookieJar();
  }

  /** Stores the cookie of a Set-Cookie line. Returns undefined if a browser would refuse it. */
  store(setCookie: string, url = this.origin): StoredCookie | undefined {
    const cookie = this.jar.setCookieSync(setCookie, url, { ignoreError: true });
    return cookie && describeCookie(cookie);
  }

  /** The Cookie header of a request to `url`; empty if there is no cookie to send. */
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
