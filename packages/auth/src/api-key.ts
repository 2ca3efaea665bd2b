import { type Context } from '@sluice/core';
import { checkOptions, isFunctionOption, isOneOfOption, isToken, type OptionRule } from '@sluice/core/kit';
import { formatChallenge, refuseRequest } from './challenge';
import type { Guard } from './guard';
import { checkEither, GUARD_RULES, type GuardOptions, type Verified } from './guard-options';
import { makeSchemeGuard } from './make-scheme-guard';
import { SecretSet, type NamedUser } from './secret-set';
import { verifyEach } from './verify-each';

/** Options of `apiKey`: `keys` or `verify`. */
export type ApiKeyOptions<User> = GuardOptions<User> & {
  /**
   * The part of the request that has the key. Every server on the way logs the query; prefer the header. Each
   * cookie with the name is tried; several headers or query values are a 400. Default: `header`.
   */
  readonly in?: 'header' | 'query' | 'cookie';
  /** The name of the header, query parameter or cookie. Default: `X-API-Key`. */
  readonly name?: string;
} & (
    | {
        /** Keys by owner, at least 16 characters each; compared in constant time. The user is `{ name }`, the owner. */
        readonly keys: Readonly<Record<string, string | undefined>>;
        readonly verify?: never;
      }
    | {
        readonly keys?: never;
        /** Returns the user of a key, or nothing for an unknown key. Store and look up a hash of the key, not the key. */
        readonly verify: (key: string, context: Context) => Verified<User>;
      }
  );

const LEAST_KEY = 16;
/** The most cookies of one name that `verify` is called with: it may ask a database about each. */
const MOST_VERIFIED = 16;

/**
 * Admits requests with a valid API key in a header, the query or a cookie.
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
  const { in: place = 'header', name = 'X-API-Key', realm = 'api', keys, verify } = options;
  checkEither('apiKey', { keys, verify }, 'Give either keys: { owner: key } or verify(key) { … }.');
  const challenge = formatChallenge('ApiKey', { realm, in: place, name });
  const readValues = READERS[place];
  const most = place !== 'cookie' ? 1 : keys === undefined ? MOST_VERIFIED : Infinity;
  const verifyOne = chooseVerify(options);

  return makeSchemeGuard<readonly string[], User>(
    {
      name: 'apiKey',
      options: { in: place, name, realm },
      vary: { header: name, cookie: 'Cookie', query: undefined }[place],
      security: { type: 'apiKey', in: place, name },
      mayBeMalformed: true,
      source: `${place} ${place === 'header' ? name.toLowerCase() : name}`,
      read(context) {
        const values = readValues(context, name);
        if (values.length > most) throw refuseRequest('repeated', challenge);
        return values.length === 0 ? undefined : values;
      },
      verify: (values, context) => verifyEach(values, (key) => verifyOne(key, context)),
      challenge: () => challenge,
    },
    options,
  );
}

const READERS = {
  header: ({ request }: Context, name: string) =>
    request.header(name) === undefined ? [] : request.headerLines(name),
  query: ({ request }: Context, name: string) => request.query.getAll(name),
  // A browser sends several if the domain or path of the cookie has changed, or if a sibling host sets one.
  cookie: ({ request }: Context, name: string) => {
    const values = request.cookieValues(name);
    return values.length < 2 ? values : [...new Set(values)];
  },
};

function chooseVerify<User>({
  keys,
  verify,
}: ApiKeyOptions<User>): (key: string, context: Context) => Verified<User> {
  if (verify !== undefined) return verify;
  const known = new SecretSet(Object.entries(keys) as [string, string][]);
  return (key) => known.findOwner(key) as User | undefined;
}

const isName: OptionRule = (value) =>
  typeof value === 'string' && isToken(value)
    ? undefined
    : "must have only letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 §5.6.2)";

const isKeys: OptionRule = (value) => {
  const keys: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
  if (keys.length === 0) return 'must be an object of keys by owner';
  if (!keys.every((key) => typeof key === 'string' && key.length >= LEAST_KEY))
    return `must have keys of at least ${LEAST_KEY} characters`;
  return new Set(keys).size === keys.length ? undefined : 'must have a different key for each owner';
};
