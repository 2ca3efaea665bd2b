import { contextKey, createParameterDecorator, type Context, type ContextKey } from '@sluice/core';
import type { AuthenticatedUser } from './authenticated-user';

/** The key under which every guard shares its user: `context.get(USER)`. */
export const USER: ContextKey<AuthenticatedUser> = contextKey<AuthenticatedUser>('user');

/**
 * The user as a handler's parameter, as the guard's `verify` returned it; undefined only behind an `optional` guard.
 * A route without a guard, or with `@Public()`, refuses to start.
 *
 * @example mine(@User() user: Account) { return this.notes.of(user.id); }
 */
export const User = createParameterDecorator('User', (context) => context.get(USER), { needs: 'user' });

/** The roles and scopes of a user. */
export interface Grants {
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
}

/** The key of the function that reads a user's grants, shared by the guard that admitted the user. */
export const READ_GRANTS: ContextKey<(user: unknown) => Grants> = contextKey('grants');

const NO_GRANTS: Grants = { roles: [], scopes: [] };

/** The roles and scopes of the request's user; none without a user. */
export function readGrants(context: Context): Grants {
  return context.get(READ_GRANTS)?.(context.get(USER)) ?? NO_GRANTS;
}
