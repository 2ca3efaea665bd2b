import { createParameterDecorator, unauthorized } from '@sluice/core';
import { Session } from '@sluice/session';

declare module '@sluice/session' {
  interface SessionData {
    user?: string;
  }
}

/** The name of the user who is logged in. Answers 401 without one. */
export const CurrentUser = createParameterDecorator(
  'CurrentUser',
  async (_, use) => {
    const { user } = await use(Session);
    if (user === undefined) throw unauthorized();
    return user;
  },
  { describes: { statuses: { 401: { description: 'The request has no session of a user.' } } } },
);
