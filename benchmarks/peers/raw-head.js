// The head of a GET by hand, with the look-ups that Sluice makes for each request: a body that no code reads, and a Host
// that is not one (RFC 9112 §3.2 and §6.3).
import { TextEncoder } from 'node:util';

const CONTENT_LENGTH = new TextEncoder().encode('content-length').buffer;
const TRANSFER_ENCODING = new TextEncoder().encode('transfer-encoding').buffer;
const HOST = new TextEncoder().encode('host').buffer;
const VALID_HOST = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;
/** The last valid one: nearly all requests have the same. */
let latest;

/** Whether the request is refused. */
export function isHeadRefused(req) {
  if (req.getHeader(CONTENT_LENGTH) !== '' || req.getHeader(TRANSFER_ENCODING) !== '') return true;
  const host = req.getHeader(HOST);
  if (host === latest) return false;
  if (!VALID_HOST.test(host)) return true;
  latest = host;
  return false;
}
