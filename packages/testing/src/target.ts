import { listPairs, type QueryInput } from './request-options';

/** The origin and path of a request. */
export interface Target {
  /** `http://localhost` */
  readonly origin: string;
  /** Path and query as they are sent. */
  readonly path: string;
}

/**
 * Parses a path or a whole URL. A path is sent as it is, `..` and `//` included, except that characters which a request
 * line cannot contain are percent-encoded.
 *
 * @throws TypeError if it is neither
 */
export function parseTarget(url: string, origin: string, query: QueryInput = {}): Target {
  if (!url.startsWith('/')) {
    if (!/^https?:\/\//i.test(url))
      throw new TypeError(`${JSON.stringify(url)} must begin with / or with http:// or https://.`);
    const { origin: other, pathname, search } = new URL(url);
    return parseTarget(pathname + search, other, query);
  }
  const path = url.split('#', 1)[0]!.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
  const added = listPairs(query).toString();
  return { origin, path: added === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${added}` };
}
