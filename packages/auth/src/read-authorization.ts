import type { Context } from '@sluice/core';
import { refuseRequest } from './challenge';

/** token68 and b64token, which are the same (RFC 9110 §11.2, RFC 6750 §2.1). */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * The token under a scheme of the Authorization header, or undefined if the request has none.
 *
 * @param scheme in lower case
 * @param challenge of the 400 for a malformed or repeated header
 */
export function readAuthorization(
  { request }: Context,
  scheme: string,
  challenge: string,
): string | undefined {
  const lines = request.header('authorization') === undefined ? [] : request.headerLines('authorization');
  const [line] = lines;
  if (line === undefined) return undefined;
  // A proxy in front may have checked the other line.
  if (lines.length > 1) throw refuseRequest('repeated', challenge);
  const space = line.indexOf(' ');
  const given = space === -1 ? line : line.slice(0, space);
  if (given.toLowerCase() !== scheme) return undefined;
  const token = space === -1 ? '' : line.slice(space + 1).trim();
  if (!TOKEN.test(token)) throw refuseRequest('malformed', challenge);
  return token;
}
