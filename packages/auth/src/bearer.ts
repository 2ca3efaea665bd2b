import { type Context } from '@sluice/core';
import { checkOptions, isFunctionOption } from '@sluice/core/kit';
import { formatChallenge, refuseRequest } from './challenge';
import type { Guard } from './guard';
import { GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';
import { readAuthorization } from './read-authorization';

/** Options of `bearer`. */
export interface BearerOptions<User> extends GuardOptions<User> {
  /** Returns the user of a token, or nothing for an invalid token. May be asynchronous. If it throws, the request is refused. */
  readonly verify: (token: string, context: Context) => Verified<User>;
}

/**
 * Admits requests with a valid bearer token (RFC 6750) in the Authorization header.
 *
 * @throws ConfigurationError for options that are missing, unknown or unusable
 * @example bearer({ verify: (token) => sessions.get(token) })
 */
export function bearer<User>(options: BearerOptions<User>): Guard {
  checkOptions('bearer', options, { ...GUARD_RULES, verify: { required: isFunctionOption } });
  const { realm = 'api', verify } = options;
  const formatBearer = (error: Readonly<Record<string, string>> = {}) =>
    formatChallenge('Bearer', { realm, ...error });
  const challenges = {
    missing: formatBearer(),
    invalid: formatBearer({ error: 'invalid_token' }),
    badRequest: formatBearer({ error: 'invalid_request' }),
  };

  return makeSchemeGuard<string, User>(
    {
      name: 'bearer',
      options: { realm },
      vary: 'Authorization',
      security: { type: 'http', scheme: 'bearer' },
      mayBeMalformed: true,
      source: 'bearer token',
      read(context) {
        const token = readAuthorization(context, 'bearer', challenges.badRequest);
        if (token !== undefined && hasQueryToken(context))
          throw refuseRequest('repeated', challenges.badRequest);
        return token;
      },
      verify,
      challenge: (why) => challenges[why],
      describeScopes: (scopes) => ({
        'WWW-Authenticate': formatBearer({ error: 'insufficient_scope', scope: scopes.join(' ') }),
      }),
    },
    options,
  );
}

/** A token in the query is never accepted, and beside one in the header it is a second one (RFC 6750 §2). */
function hasQueryToken({ request }: Context): boolean {
  return /(?:^|&)access_token=/.test(request.rawQuery);
}
