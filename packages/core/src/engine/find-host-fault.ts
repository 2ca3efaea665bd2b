import { invalidHost, type HttpError } from '../http/status/http-error';

/**
 * `uri-host [":" port]` (RFC 9110 §7.2, RFC 3986 §3.2.2). It has more hosts than `parseHost` accepts: names with an
 * underscore are in use inside of networks.
 */
const HOST = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;

/** The last valid one: nearly all requests have the same. */
let latest: string | undefined;

/** The refusal of a request whose Host header is not a host (RFC 9112 §3.2); undefined if it is one, or empty. */
export function findHostFault(host: string | undefined): HttpError | undefined {
  if (host === undefined || host === latest) return undefined;
  if (!HOST.test(host)) return invalidHost();
  latest = host;
  return undefined;
}
