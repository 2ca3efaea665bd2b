import { badRequest, unauthorized, type HttpError } from '@sluice/core';

/** A challenge for WWW-Authenticate (RFC 9110 §11.6.1): `Bearer realm="api", error="invalid_token"`. */
export function formatChallenge(scheme: string, parameters: Readonly<Record<string, string>>): string {
  const written = Object.entries(parameters).map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&')}"`,
  );
  return `${scheme} ${written.join(', ')}`;
}

const CREDENTIALS_DETAILS = {
  missing: 'The request needs credentials.',
  invalid: 'The credentials are invalid.',
};

/**
 * The 401 for a request without credentials, or with credentials that belong to no user. Each challenge has a line of its
 * own: in a list of several, browsers do not find the one for Basic.
 */
export function refuseCredentials(
  why: keyof typeof CREDENTIALS_DETAILS,
  challenges: readonly string[],
): HttpError {
  return unauthorized({
    code: `credentials_${why}`,
    detail: CREDENTIALS_DETAILS[why],
    headers: { 'WWW-Authenticate': challenges },
  });
}

const REQUEST_DETAILS = {
  malformed: 'The credentials are malformed.',
  repeated: 'The request has more than one set of credentials.',
};

/** The 400 for credentials that cannot be read, or that a request has twice. */
export function refuseRequest(why: keyof typeof REQUEST_DETAILS, challenge: string): HttpError {
  return badRequest({
    code: 'invalid_request',
    detail: REQUEST_DETAILS[why],
    headers: { 'WWW-Authenticate': challenge },
  });
}
