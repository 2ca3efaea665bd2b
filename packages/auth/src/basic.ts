import {
  checkOptions,
  isFunctionOption,
  ConfigurationError,
  type Context,
  type OptionRule,
} from '@sluice/core';
import { formatChallenge, refuseRequest } from './challenge';
import type { Guard } from './guard';
import { GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';
import { readAuthorization } from './read-authorization';
import { SecretSet } from './secret-set';

/** Who a name and a password belong to, where they are listed in `users`. */
export interface NamedUser {
  readonly name: string;
}

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
        /** The user of a name and password, or nothing. Compare hashes, in constant time (scrypt, argon2). */
        readonly verify: (name: string, password: string, context: Context) => Verified<User>;
      }
  );

/**
 * Lets in who has a good user name and password (RFC 7617), in UTF-8. Over HTTPS only: they are sent as they are.
 *
 * @throws ConfigurationError for options that are missing, unknown or unusable
 * @example basic({ users: { ada: process.env.ADA_PASSWORD }, realm: 'staff' })
 */
export function basic<User = NamedUser>(options: BasicOptions<User>): Guard {
  checkOptions('basic', options, { ...GUARD_RULES, users: isUsers, verify: isFunctionOption });
  checkEither(options);
  const { realm = 'api' } = options;
  const challenge = formatChallenge('Basic', { realm, charset: 'UTF-8' });

  return makeSchemeGuard<Credentials, User>(
    {
      name: 'basic',
      options: { realm },
      vary: 'Authorization',
      source: 'user name and password',
      read(context) {
        const found = readAuthorization(context, 'basic');
        if (found === 'twice')
          throw refuseRequest('The request has more than one set of credentials.', challenge);
        if (found === undefined) return undefined;
        const credentials = found === 'malformed' ? undefined : parseCredentials(found.token);
        if (credentials === undefined) throw refuseRequest('The credentials can not be read.', challenge);
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

/** No user name has a colon (RFC 7617 §2), so name and password together are one secret. */
function chooseVerify<User>(
  options: BasicOptions<User>,
): (credentials: Credentials, context: Context) => Verified<User> {
  const { users, verify } = options;
  if (verify !== undefined) return ({ name, password }, context) => verify(name, password, context);
  const known = new SecretSet(Object.entries(users).map(([name, password]) => [name, `${name}:${password}`]));
  return ({ name, password }) => {
    const owner = known.findOwner(`${name}:${password}`);
    return owner === undefined ? undefined : ({ name: owner } as User);
  };
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Name and password out of base64; undefined where they are no UTF-8, have control characters or no colon (RFC 7617 §2). */
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

function checkEither({ users, verify }: { readonly users?: unknown; readonly verify?: unknown }): void {
  if ((users === undefined) !== (verify === undefined)) return;
  const fault = 'It needs users or verify, and not both.';
  const cure = 'Give users: { name: password }, or verify(name, password) { … }.';
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place: 'basic()', fault, cure }]);
}
