import type { Change } from './apply-departures';

/** An error answered as problem+json (RFC 9457). */
export function expectProblem(status: number, code: string, detail?: string): Change {
  return { expect: { status, problem: { status, code, ...(detail !== undefined && { detail }) } } };
}

/** A preflight that is refused, with the reasons. */
export function expectRefusal(reasons: string): Change {
  return expectProblem(
    403,
    'cors_refused',
    `The CORS policy does not allow this preflight because of: ${reasons}.`,
  );
}

/** A Set-Cookie that the pattern matches. */
export function expectCookie(pattern: RegExp): Change {
  return { expect: { header_matches: { 'set-cookie': pattern.source } } };
}

/** An allowed host whose wildcard is refused. */
export function expectWildcardFault(entry: string): Change {
  const fault = `must not contain "${entry}"; a wildcard must be the first label of a name, as in '*.app.example'`;
  return { expect: { construct_error: `OPTION_INVALID  trustedHost()\n    allowedHosts ${fault}` } };
}
