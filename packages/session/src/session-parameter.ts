import { createParameterDecorator } from '@sluice/core';
import { readSession } from './read-session';

/**
 * Gives a handler the session's data, loaded from the store if there is one. With several sessions on a route,
 * name the one you want by its cookie; without a name you get the innermost.
 *
 * The application does not start if a route uses it and no session middleware runs there.
 *
 * @example list(@Session() session: SessionData) { return this.notes.of(session.user); }
 */
export const Session = createParameterDecorator(
  'Session',
  (context, _use, sessionCookie?: string) => readSession(context, sessionCookie),
  { needs: 'session' },
);
