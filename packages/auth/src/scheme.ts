import type { Context } from '@sluice/core';
import type { Verified } from './guard-options';

/** How one kind of guard reads credentials and says no. */
export interface Scheme<Credentials = unknown, User = unknown> {
  readonly name: string;
  /** Printable: no secrets. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The request header that the answer depends on; undefined where it is the address. */
  readonly vary: string | undefined;
  /** What it reads and nobody else can read beside it; undefined where others can: their credentials may be elsewhere. */
  readonly source?: string;
  /** The credentials; undefined where there are none. Throws HttpError 400 where they can not be read. */
  readonly read: (context: Context) => Credentials | undefined;
  readonly verify: (credentials: Credentials, context: Context) => Verified<User>;
  /** What WWW-Authenticate says to a request with bad credentials, or with none. */
  readonly challenge: (why: Refused) => string;
  /** The answer to who is nobody, in place of the 401; where it is undefined, the 401. */
  readonly refuse?: ((context: Context) => unknown) | undefined;
  /** Nobody found means that nobody was named, and not that credentials are bad. Default: false. */
  readonly seesNobody?: boolean;
  /** Headers of a 403 for want of a scope. */
  readonly describeScopes?: (scopes: readonly string[]) => Readonly<Record<string, string>>;
}

/** Why somebody is not let in. */
export type Refused = 'missing' | 'invalid';
