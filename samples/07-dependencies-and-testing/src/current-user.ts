import { createParameterDecorator, unauthorized } from '@sluice/core';
import { Session, type SessionData } from '@sluice/session';

declare module '@sluice/session' {
  interface SessionData {
    user?: string;
  }
}

/** The name that the session was logged in with; 401 without one. */
export const CurrentUser = createParameterDecorator('CurrentUser', async (_, use) => {
  const { user } = (await use(Session)) as SessionData;
  if (user === undefined) throw unauthorized();
  return user;
});
