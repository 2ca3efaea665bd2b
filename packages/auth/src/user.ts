import { contextKey, type Context, type ContextKey } from '@sluice/core';
import type { AuthenticatedUser } from './authenticated-user';

/** Under this key every guard shares its user: `context.get(USER)`. */
export const USER: ContextKey<AuthenticatedUser> = contextKey<AuthenticatedUser>('user');

/** What a user may do, as the guard that let them in reads it. */
export interface Grants {
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
}

/** How the guard that let the user in reads what they may do. */
export const READ_GRANTS: ContextKey<(user: unknown) => Grants> = contextKey('grants');

const NO_GRANTS: Grants = { roles: [], scopes: [] };

/** What the user of a request may do: nothing, where no guard has let anybody in. */
export function readGrants(context: Context): Grants {
  return context.get(READ_GRANTS)?.(context.get(USER)) ?? NO_GRANTS;
}
