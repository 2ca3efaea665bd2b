import { type Context } from '@sluice/core';
import { checkOptions, isFunctionOption, type OptionRule } from '@sluice/core/kit';
import { formatChallenge, refuseRequest } from './challenge';
import type { Guard } from './guard';
import { checkEither, GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';
import { readAuthorization } from './read-authorization';
import { SecretSet, type NamedUser } from './secret-set';

/** Options of `basic`: `users` or `verify`. */
export type BasicOptions<User> = GuardOptions<User> &
  (
    | {
        /** Passwords by user name; compared in constant time. For a handful of users whose passwords are random. */
        readonly users: Readonly<Record<string, string | undefined>>;
        readonly verify?: never;
      }
    | {
        readonly users?: never;
        /** Returns the user of a name and password, or nothing. Compare hashes, in constant time (scrypt, argon2). */
        readonly verify: (name: string, password: string, context: Context) => Verified<User>;
      }
  );

/**
 * Admits requests with a valid user name and password (RFC 7617), in UTF-8. Use it over HTTPS only: the password is sent
 * in clear text.
 *
 * @throws ConfigurationError for options that are missing, unknown or unusable
 * @example basic({ users: { ada: process.env.ADA_PASSWORD }, realm: 'staff' })
 */
export function basic<User = NamedUser>(options: BasicOptions<User>): Guard {
  checkOptions('basic', options, { ...GUARD_RULES, users: isUsers, verify: isFunctionOption });
  const { realm = 'api', users, verify } = options;
  checkEither(
    'basic',
    { users, verify },
    'Give either users: { name: password } or verify(name, password) { … }.',
  );
  const challenge = formatChallenge('Basic', { realm, charset: 'UTF-8' });

  return makeSchemeGuard<Credentials, User>(
    {
      name: 'basic',
      options: { realm },
      vary: 'Authorization',
      security: { type: 'http', scheme: 'basic' },
      mayBeMalformed: true,
      source: 'user name and password',
      read(context) {
        const token = readAuthorization(context, 'basic', challenge);
        if (token === undefined) return undefined;
        const credentials = parseCredentials(token);
        if (credentials === undefined) throw refuseRequest('malformed', challenge);
        return credentials;
      },
      verify: chooseVerify(options),
      challenge: () => challenge,
    },
    options,
  );
}

interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** A user name has no colon (RFC 7617 §2), so `name:password` is one unambiguous secret. */
function chooseVerify<User>(
  options: BasicOptions<User>,
): (credentials: Credentials, context: Context) => Verified<User> {
  const { users, verify } = options;
  if (verify !== undefined) return ({ name, password }, context) => verify(name, password, context);
  const known = new SecretSet(Object.entries(users).map(([name, password]) => [name, `${name}:${password}`]));
  return ({ name, password }) => known.findOwner(`${name}:${password}`) as User | undefined;
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name and password in base64. Undefined if they are not UTF-8, have control characters or lack the colon (RFC 7617 §2). */
function parseCredentials(token: string): Credentials | undefined {
  let text: string;
  try {
    text = UTF_8.decode(Buffer.from(token, 'base64'));
  } catch {
    return undefined;
  }
  const colon = text.indexOf(':');
  if (colon === -1 || /\p{Cc}/u.test(text)) return undefined;
  return { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

const isUsers: OptionRule = (value) => {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) return 'must be an object of passwords by user name';
  if (entries.some(([name]) => name === '' || name.includes(':'))) return 'must have names without a colon';
  const isPassword = ([, password]: [string, unknown]) =>
    typeof password === 'string' && password.length >= 8;
  return entries.every(isPassword) ? undefined : 'must have passwords of at least 8 characters';
};
