import { createParameterDecorator } from '@sluice/core';
import { readSession } from './read-session';

/**
 * The session's data as a handler's parameter; loaded from the store first, where there is one.
 * With several sessions on a route the innermost, or the one whose cookie is named.
 *
 * A route on which no session middleware runs refuses to start.
 *
 * @example list(@Session() session: SessionData) { return this.notes.of(session.user); }
 */
export const Session = createParameterDecorator(
  'Session',
  (context, _use, sessionCookie?: string) => readSession(context, sessionCookie),
  { needs: 'session' },
);
