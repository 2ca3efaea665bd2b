import type { Context, RouteInfo } from '@sluice/core';

/** The options that decide which requests get the same reply. */
export interface KeyOptions {
  /** Names of the query parameters that count; undefined: the whole query counts, as it was sent. */
  readonly query: readonly string[] | undefined;
  readonly byHost: boolean;
}

/** More fields than a handler names itself: it would take them from the client. */
const MOST_FIELDS = 16;

/**
 * Makes the keys of one route: the canonical URL, the version, the fields of Vary, and the user. A field counts once
 * a reply of the route has named it, and from then on for all of them, which is never too few.
 */
export class RequestKeys {
  /** Lower-case names, sorted. */
  private fields: readonly string[] = [];
  private readonly fixedPath: string | undefined;
  private readonly isByHost: boolean;
  private readonly start: string;
  /** The latest URL: most requests of a busy route are for the same one, whose text need not be made and hashed again. */
  private latest = { protocol: '', host: '' as string | undefined, path: '', query: '', url: '' };

  constructor(
    route: RouteInfo,
    private readonly options: KeyOptions,
  ) {
    this.fixedPath = /[:*]/.test(route.path) ? undefined : route.path;
    // A route for several hosts may answer each of them differently.
    this.isByHost = options.byHost || route.host !== undefined;
    const { version, basePath } = route;
    // Behind a proxy, applications with a store in common can be below one host.
    this.start = basePath === undefined ? '' : `base ${basePath}\n`;
    if (version !== undefined) this.start += `version ${version}\n`;
  }

  /** The path of a request. */
  readPath({ request }: Context): string {
    return this.fixedPath ?? request.path;
  }

  /**
   * The key of a request. A part ends with a line break, which only the user may contain, and the user comes last.
   *
   * @param user the text of `varyBy`; undefined without one
   */
  make(context: Context, user: string | undefined): string {
    const { request } = context;
    const { latest, fields } = this;
    const protocol = this.isByHost ? request.protocol : '';
    const host = this.isByHost ? request.host : '';
    const path = this.fixedPath ?? request.path;
    const query = this.readQuery(context);
    const isLatest =
      latest.host === host && latest.path === path && latest.query === query && latest.protocol === protocol;
    if (!isLatest)
      this.latest = { protocol, host, path, query, url: this.start + formatUrl(protocol, host, path, query) };
    let key = this.latest.url;
    for (const field of fields) key += `\n${field}: ${request.header(field) ?? '\r'}`;
    return user === undefined ? key : `${key}\nuser ${user}`;
  }

  /**
   * Takes the fields that a reply names in Vary. Returns false if there are too many, so that it cannot be kept.
   */
  learn(vary: readonly string[]): boolean {
    const fields = [...new Set([...this.fields, ...vary])].sort();
    if (fields.length > MOST_FIELDS) return false;
    if (fields.length > this.fields.length) this.fields = fields;
    return true;
  }

  private readQuery({ request }: Context): string {
    const { query } = this.options;
    if (query === undefined) return request.rawQuery;
    if (query.length === 0 || request.rawQuery === '') return '';
    try {
      const parts = query.flatMap((name) =>
        request.query
          .getAll(name)
          .map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`),
      );
      return parts.join('&');
    } catch {
      // It is malformed, and only the handler knows whether that matters.
      return request.rawQuery;
    }
  }
}

function formatUrl(protocol: string, host: string | undefined, path: string, query: string): string {
  const origin = protocol === '' ? '' : `${protocol}://${host?.toLowerCase() ?? ''}`;
  return query === '' ? origin + path : `${origin}${path}?${query}`;
}
