import { badRequest, unauthorized, type HttpError } from '@sluice/core';

/** A challenge for WWW-Authenticate (RFC 9110 §11.6.1): `Bearer realm="api", error="invalid_token"`. */
export function formatChallenge(scheme: string, parameters: Readonly<Record<string, string>>): string {
  const written = Object.entries(parameters).map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&')}"`,
  );
  return `${scheme} ${written.join(', ')}`;
}

/** 401 with its challenge: nobody was named, or nobody whom we know. */
export function refuseCredentials(why: 'missing' | 'invalid', challenge: string): HttpError {
  const detail =
    why === 'missing' ? 'The request needs credentials.' : 'The credentials of the request are not good.';
  return unauthorized({
    code: `credentials_${why}`,
    detail,
    headers: { 'WWW-Authenticate': challenge },
  });
}

/** 400 for credentials that can not be read, or came twice. */
export function refuseRequest(detail: string, challenge: string): HttpError {
  return badRequest({ code: 'invalid_request', detail, headers: { 'WWW-Authenticate': challenge } });
}
