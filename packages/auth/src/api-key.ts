import {
  checkOptions,
  ConfigurationError,
  isFunctionOption,
  isOneOfOption,
  isToken,
  type Context,
  type OptionRule,
} from '@sluice/core';
import type { NamedUser } from './basic';
import { formatChallenge, refuseRequest } from './challenge';
import type { Guard } from './guard';
import { GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';
import { SecretSet } from './secret-set';

/** Options of `apiKey`: `keys` or `verify`. */
export type ApiKeyOptions<User> = GuardOptions<User> & {
  /** Where the key is. A query is written into logs and histories by everything on the way; prefer the header. Default: `header`. */
  readonly in?: 'header' | 'query' | 'cookie';
  /** The name of the header, query parameter or cookie. Default: `X-API-Key`. */
  readonly name?: string;
} & (
    | {
        /** Keys by whose they are, at least 16 characters each; compared in constant time. The user is `{ name }`. */
        readonly keys: Readonly<Record<string, string | undefined>>;
        readonly verify?: never;
      }
    | {
        readonly keys?: never;
        /** The user of a key, or nothing. Look up a hash of the key, not the key. */
        readonly verify: (key: string, context: Context) => Verified<User>;
      }
  );

const LEAST_KEY = 16;

/**
 * Lets in who has a good key in a header, the query or a cookie.
 *
 * @throws ConfigurationError for options that are missing, unknown or unusable
 * @example apiKey({ name: 'X-API-Key', keys: { billing: process.env.BILLING_KEY } })
 */
export function apiKey<User = NamedUser>(options: ApiKeyOptions<User>): Guard {
  checkOptions('apiKey', options, {
    ...GUARD_RULES,
    in: isOneOfOption('header', 'query', 'cookie'),
    name: isName,
    keys: isKeys,
    verify: isFunctionOption,
  });
  checkEither(options);
  const { in: place = 'header', name = 'X-API-Key', realm = 'api' } = options;
  const challenge = formatChallenge('ApiKey', { realm, in: place, name });
  const readValues = READERS[place];

  return makeSchemeGuard<string, User>(
    {
      name: 'apiKey',
      options: { in: place, name, realm },
      vary: { header: name, cookie: 'Cookie', query: undefined }[place],
      source: `${place} ${place === 'header' ? name.toLowerCase() : name}`,
      read(context) {
        const values = readValues(context, name);
        if (values.length > 1) throw refuseRequest('The request has more than one key.', challenge);
        return values[0];
      },
      verify: chooseVerify(options),
      challenge: () => challenge,
    },
    options,
  );
}

const READERS = {
  header: ({ request }: Context, name: string) =>
    request.header(name) === undefined ? [] : request.headerLines(name),
  query: ({ request }: Context, name: string) => request.query.getAll(name),
  cookie: ({ request }: Context, name: string) => request.cookieValues(name),
};

function chooseVerify<User>({
  keys,
  verify,
}: ApiKeyOptions<User>): (key: string, context: Context) => Verified<User> {
  if (verify !== undefined) return verify;
  const known = new SecretSet(Object.entries(keys) as [string, string][]);
  return (key) => {
    const owner = known.findOwner(key);
    return owner === undefined ? undefined : ({ name: owner } as User);
  };
}

const isName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value) ? undefined : 'must be a token (RFC 9110 §5.6.2)';

const isKeys: OptionRule = (value) => {
  const keys: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
  if (keys.length === 0) return 'must be an object of keys by whose they are';
  if (!keys.every((key) => typeof key === 'string' && key.length >= LEAST_KEY))
    return `must have keys of at least ${LEAST_KEY} characters`;
  return new Set(keys).size === keys.length ? undefined : 'must have a key of its own for each';
};

function checkEither({ keys, verify }: { readonly keys?: unknown; readonly verify?: unknown }): void {
  if ((keys === undefined) !== (verify === undefined)) return;
  const fault = 'It needs keys or verify, and not both.';
  const cure = 'Give keys: { whose: key }, or verify(key) { … }.';
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place: 'apiKey()', fault, cure }]);
}
