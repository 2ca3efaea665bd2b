interface StoredCookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly isSecure: boolean;
}

/** The cookies of a browser, as far as the cases need them: by origin, with Path, Secure, Domain and deletion. */
export class CookieJar {
  private readonly origins = new Map<string, Map<string, StoredCookie>>();

  /** The Cookie header for a request; undefined if there is no cookie to send. */
  formatHeader(url: URL): string | undefined {
    const matching = [...(this.origins.get(url.origin)?.values() ?? [])].filter(
      ({ path, isSecure }) => url.pathname.startsWith(path) && (!isSecure || url.protocol === 'https:'),
    );
    if (matching.length === 0) return undefined;
    return matching.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Stores the cookies in the Set-Cookie lines of a response. */
  store(url: URL, lines: readonly string[]): void {
    const cookies = this.origins.get(url.origin) ?? new Map<string, StoredCookie>();
    this.origins.set(url.origin, cookies);
    for (const line of lines) {
      const { name, value, attributes } = parseSetCookie(line);
      const domain = attributes.get('domain')?.replace(/^\./, '');
      if (domain !== undefined && !`.${url.hostname}`.endsWith(`.${domain}`)) continue;
      if (isExpired(attributes)) cookies.delete(name);
      else
        cookies.set(name, {
          name,
          value,
          path: attributes.get('path') ?? '/',
          isSecure: attributes.has('secure'),
        });
    }
  }

  clear(): void {
    this.origins.clear();
  }
}

/** Parses a Set-Cookie line, with attribute names in lower case. */
export function parseSetCookie(line: string): {
  readonly name: string;
  readonly value: string;
  readonly attributes: ReadonlyMap<string, string>;
} {
  const [pair = '', ...rest] = line.split('; ');
  const equals = pair.indexOf('=');
  const attributes = rest.map((text): [string, string] => {
    const [name = '', value = ''] = text.split('=');
    return [name.toLowerCase(), value];
  });
  return { name: pair.slice(0, equals), value: pair.slice(equals + 1), attributes: new Map(attributes) };
}

function isExpired(attributes: ReadonlyMap<string, string>): boolean {
  const expires = attributes.get('expires');
  return attributes.get('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now());
}
