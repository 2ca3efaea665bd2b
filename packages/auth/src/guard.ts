import type { Middleware } from '@sluice/core';
import type { Scheme } from './scheme';
import type { Grants } from './user';

/** Where a guard keeps its ways in. */
export const WAYS_IN: unique symbol = Symbol.for('sluice:ways-in');

/** One scheme by which a guard lets users in. */
export interface WayIn {
  readonly scheme: Scheme;
  readonly readGrants: (user: unknown) => Grants;
  /** Requests without credentials pass, where the route asks for no role or scope. */
  readonly optional: boolean;
}

/** A middleware that lets nobody in whom it does not know, and enforces the rules of its routes. `anyOf` joins several. */
export interface Guard extends Middleware {
  /** For `anyOf`: the schemes, first = asked first. */
  readonly [WAYS_IN]: readonly WayIn[];
}
