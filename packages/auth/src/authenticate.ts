import type { Context, SecurityScheme } from '@sluice/core';
import { checkOptions, isFunctionOption, isToken, type OptionRule } from '@sluice/core/kit';
import { formatChallenge } from './challenge';
import type { Guard } from './guard';
import { GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';

/** Options of `authenticate`. */
export interface AuthenticateOptions<User> extends GuardOptions<User> {
  /** Returns the user of a request, or nothing if it has none. May be asynchronous. If it throws, the request is refused. */
  readonly verify: (context: Context) => Verified<User>;
  /** The request header that `verify` depends on. Default: `Cookie`. */
  readonly vary?: string;
  /** Returns the reply to a request without a user: a redirect to the login form, for example. Default, and for undefined: 401. */
  readonly refuse?: (context: Context) => unknown;
}

/**
 * Admits requests in which a function of yours finds a user: the user of a session, for example.
 *
 * @throws ConfigurationError for options that are missing, unknown or unusable
 * @example authenticate({ verify: async (context) => users.find((await readSession(context)).userId) })
 */
export function authenticate<User>(options: AuthenticateOptions<User>): Guard {
  checkOptions('authenticate', options, {
    ...GUARD_RULES,
    verify: { required: isFunctionOption },
    vary: isHeaderName,
    refuse: isFunctionOption,
  });
  const { realm = 'api', verify, vary = 'Cookie', refuse } = options;
  const challenge = formatChallenge('Session', { realm });

  return makeSchemeGuard<true, User>(
    {
      name: 'authenticate',
      options: { realm, vary },
      vary,
      security: describeCookie(vary),
      read: () => true,
      verify: (_, context) => verify(context),
      challenge: () => challenge,
      refuse,
      noUserMeansMissing: true,
    },
    options,
  );
}

const isHeaderName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value) ? undefined : 'must be the name of a header';

/** Which cookie it is only `verify` knows; that of a session is called so by default. */
function describeCookie(vary: string): SecurityScheme {
  if (vary.toLowerCase() === 'cookie') return { type: 'apiKey', in: 'cookie', name: 'session' };
  return { type: 'apiKey', in: 'header', name: vary };
}
