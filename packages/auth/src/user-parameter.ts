import { createParameterDecorator } from '@sluice/core';
import { USER } from './user';

/**
 * The user as a handler's parameter: what the guard's `verify` gave; undefined only behind an `optional` guard.
 * A route without a guard, one with `@Public()` included, refuses to start.
 *
 * @example mine(@User() user: Account) { return this.notes.of(user.id); }
 */
export const User = createParameterDecorator('User', (context) => context.get(USER), { needs: 'user' });
