import { checkOptions, isFunctionOption, isToken, type Context, type OptionRule } from '@sluice/core';
import { formatChallenge } from './challenge';
import type { Guard } from './guard';
import { GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';

/** Options of `authenticate`. */
export interface AuthenticateOptions<User> extends GuardOptions<User> {
  /** The user of a request, or nothing. May be asynchronous; throwing lets nobody in. */
  readonly verify: (context: Context) => Verified<User>;
  /** The request header that decides. Default: `Cookie`. */
  readonly vary?: string;
  /** What is answered to who is nobody, in place of the 401: a redirect to the form, for a page. Nothing: the 401. */
  readonly refuse?: (context: Context) => unknown;
}

/**
 * Lets in whom your own function finds in the request: the user of a session, say.
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
      read: () => true,
      verify: (_, context) => verify(context),
      challenge: () => challenge,
      refuse,
      seesNobody: true,
    },
    options,
  );
}

const isHeaderName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value) ? undefined : 'must be the name of a header';
