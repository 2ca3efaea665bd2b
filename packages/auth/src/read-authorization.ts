import type { Context } from '@sluice/core';

/** token68 and b64token, which are the same (RFC 9110 §11.2, RFC 6750 §2.1). */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** What an Authorization header says under one scheme. */
export type Authorization = 'malformed' | 'twice' | { readonly token: string };

/** The token that a request gives under the scheme (in lower case); undefined where it gives none, or one of another scheme. */
export function readAuthorization({ request }: Context, scheme: string): Authorization | undefined {
  // A proxy may have looked at the other one.
  const lines = request.header('authorization') === undefined ? [] : request.headerLines('authorization');
  const [line] = lines;
  if (line === undefined) return undefined;
  if (lines.length > 1) return 'twice';
  const space = line.indexOf(' ');
  const given = space === -1 ? line : line.slice(0, space);
  if (given.toLowerCase() !== scheme) return undefined;
  const token = space === -1 ? '' : line.slice(space + 1).trim();
  return TOKEN.test(token) ? { token } : 'malformed';
}
