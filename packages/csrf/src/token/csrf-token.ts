import { contextKey, isPromise, type Context, type MaybePromise } from '@sluice/core';
import type { ResolvedTokenOptions } from '../csrf-options';
import { bindSecret, isMaskedDigest, makeSecret, maskDigest } from './masked-token';
import { findSentToken } from './sent-token';

/** The key of the secret in the data of the session. */
const SECRET = 'csrfSecret';

/** The options of the tokens on a route. */
export const TOKEN_OPTIONS = contextKey<ResolvedTokenOptions>('csrfToken');

/**
 * A token for this session, for a form or a header: another text with every call, and valid until the session ends or
 * gets a new id. With a store for sessions the result is a promise.
 *
 * @throws Error when no `csrf({ token: true })` runs on the route
 * @example html(`<input type="hidden" name="_csrf" value="${await csrfToken(context)}">`)
 */
export function csrfToken(context: Context): MaybePromise<string> {
  const options = context.get(TOKEN_OPTIONS);
  if (options === undefined) throw new Error(explainMissing(context));
  return openSession(context, options, (data) => {
    if (typeof data[SECRET] !== 'string') data[SECRET] = makeSecret();
    // It is of one session, and a user can have several.
    context.response.isUnique = true;
    return maskDigest(findDigest(data)!);
  });
}

/**
 * Answers whether the request has a token of its session.
 *
 * @throws HttpError 413 for a form above the body limit, 503 when the store of the sessions fails
 */
export function hasToken(context: Context, options: ResolvedTokenOptions): MaybePromise<boolean> {
  return openSession(context, options, (data) => {
    const digest = findDigest(data);
    if (digest === undefined) return false;
    const sent = findSentToken(context.request, options);
    const isRight = (text: string | undefined): boolean => text !== undefined && isMaskedDigest(text, digest);
    return isPromise(sent) ? sent.then(isRight) : isRight(sent);
  });
}

type Data = Record<string, unknown>;

function openSession<T>(
  context: Context,
  { sessionCookie }: ResolvedTokenOptions,
  use: (data: Data) => MaybePromise<T>,
): MaybePromise<T> {
  const data = loadSession().readSession<Data>(context, sessionCookie);
  return isPromise(data) ? data.then(use) : use(data);
}

/** The digest that the tokens of a session mask; undefined if it has had none. */
function findDigest(data: Data): Buffer | undefined {
  const secret = data[SECRET];
  return typeof secret === 'string' ? bindSecret(secret, loadSession().describeSession(data).id) : undefined;
}

/** Only applications with tokens have the package. */
function loadSession(): typeof import('@sluice/session') {
  return require('@sluice/session') as typeof import('@sluice/session');
}

function explainMissing({ route }: Context): string {
  return (
    `${route.name} reads a token against forgery, but csrf({ token: true }) does not run there. ` +
    'Add it to the middleware of createApp, inside session, and remove @CsrfExempt() from the route.'
  );
}
