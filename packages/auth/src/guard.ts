import type { Context, Middleware, SecurityScheme } from '@sluice/core';
import type { Verified } from './guard-options';
import type { Grants } from './user';

/** The key under which a guard keeps its schemes, so that `anyOf` can join them. */
export const SCHEMES: unique symbol = Symbol.for('sluice:schemes');

/** A middleware that admits only requests with a known user, and enforces the roles and scopes of its routes. */
export interface Guard extends Middleware {
  /** In the order in which they are tried. */
  readonly [SCHEMES]: readonly GuardScheme[];
}

/** How one kind of guard reads, verifies and refuses credentials. */
export interface Scheme<Credentials = unknown, User = unknown> {
  readonly name: string;
  /** The options that the plan shows: no secrets. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The request header with the credentials; undefined if they are in the query. */
  readonly vary: string | undefined;
  /** Names the credentials, if this scheme alone can read them: `anyOf` refuses a second scheme with the same source. */
  readonly source?: string;
  /** Returns the credentials, or undefined if the request has none. Throws HttpError 400 if they cannot be read. */
  readonly read: (context: Context) => Credentials | undefined;
  readonly verify: (credentials: Credentials, context: Context) => Verified<User>;
  /** The scheme as a document of the API has it. */
  readonly security: SecurityScheme;
  /** Whether `read` may throw HttpError 400. */
  readonly mayBeMalformed?: boolean;
  /** The value of WWW-Authenticate for a request with missing or invalid credentials. */
  readonly challenge: (why: 'missing' | 'invalid') => string;
  /** Returns the reply to a request without credentials; 401 if it returns nothing. */
  readonly refuse?: ((context: Context) => unknown) | undefined;
  /** If `verify` finds no user, the credentials are missing and not invalid. Default: false. */
  readonly noUserMeansMissing?: boolean;
  /** Headers of the 403 for a user who lacks a scope. */
  readonly describeScopes?: (scopes: readonly string[]) => Readonly<Record<string, string>>;
}

/** A scheme, with the options that all guards share. */
export interface GuardScheme extends Scheme {
  /** Requests without credentials are admitted to routes that require no role or scope. */
  readonly optional: boolean;
  readonly readGrants: (user: unknown) => Grants;
}
