import { checkOptions, isFunctionOption, type Context } from '@sluice/core';
import { formatChallenge, refuseRequest } from './challenge';
import type { Guard } from './guard';
import { GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';
import { readAuthorization } from './read-authorization';

/** Options of `bearer`. */
export interface BearerOptions<User> extends GuardOptions<User> {
  /** The user whom a token names, or nothing where it is not good. May be asynchronous; throwing lets nobody in. */
  readonly verify: (token: string, context: Context) => Verified<User>;
}

/**
 * Lets in who has a good bearer token (RFC 6750), in the Authorization header only.
 *
 * @throws ConfigurationError for options that are missing, unknown or unusable
 * @example bearer({ verify: (token) => sessions.get(token) })
 */
export function bearer<User>(options: BearerOptions<User>): Guard {
  checkOptions('bearer', options, { ...GUARD_RULES, verify: { required: isFunctionOption } });
  const { realm = 'api', verify } = options;
  const challenge = (more: Readonly<Record<string, string>> = {}) =>
    formatChallenge('Bearer', { realm, ...more });
  const refuseMalformed = (detail: string) => refuseRequest(detail, challenge({ error: 'invalid_request' }));

  return makeSchemeGuard<string, User>(
    {
      name: 'bearer',
      options: { realm },
      vary: 'Authorization',
      source: 'bearer token',
      read(context) {
        const found = readAuthorization(context, 'bearer');
        if (found === 'malformed') throw refuseMalformed('The bearer token can not be read.');
        if (found === 'twice' || (found && hasQueryToken(context)))
          throw refuseMalformed('The request has more than one set of credentials.');
        return found?.token;
      },
      verify,
      challenge: (why) => challenge(why === 'invalid' ? { error: 'invalid_token' } : {}),
      describeScopes: (scopes) => ({
        'WWW-Authenticate': challenge({ error: 'insufficient_scope', scope: scopes.join(' ') }),
      }),
    },
    options,
  );
}

/** A token in the query is never taken, and beside one in the header it is a second one (RFC 6750 §2). */
function hasQueryToken({ request }: Context): boolean {
  return /(?:^|&)access_token=/.test(request.rawQuery);
}
