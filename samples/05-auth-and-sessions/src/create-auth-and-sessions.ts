import { anyOf, authenticate, bearer } from '@sluice/auth';
import { createApp, redirect } from '@sluice/core';
import { memoryStore, readSession, session } from '@sluice/session';
import { ApiController } from './api-controller';
import type { Login } from './login';
import { PagesController } from './pages-controller';
import { requireSameOrigin } from './require-same-origin';
import { Users } from './users';

/** For development only, because it is public. */
export const DEVELOPMENT_SECRET = 'auth-sample-development-secret-not-for-production';

/** Creates the application without listening, so that tests can use it too. */
export async function createAuthAndSessions({ sessionSecret = DEVELOPMENT_SECRET } = {}) {
  const users = await createUsers();
  return createApp({
    middleware: [
      requireSameOrigin,
      // With a store, a logout ends the session even for copies of its cookie.
      session({ secretKey: sessionSecret, sameSite: 'lax', maxAge: 3600, store: memoryStore() }),
      // On every route: a route is closed unless it has @Public().
      anyOf(
        bearer({ verify: (token) => users.findByToken(token) }),
        authenticate({
          verify: async (context) => users.find((await readSession<Login>(context)).userName),
          refuse: ({ request }) =>
            request.path.startsWith('/api/') ? undefined : redirect('/login', { status: 303 }),
        }),
      ),
    ],
    providers: [{ token: Users, useValue: users }],
    controllers: [PagesController, ApiController],
  });
}

/** Two users for development, because their passwords are public. Yours come from a database. */
async function createUsers(): Promise<Users> {
  const users = await Users.create();
  await Promise.all([
    users.add({ name: 'ada', roles: ['admin', 'reader'] }, 'analytical engine'),
    users.add({ name: 'ben', roles: ['reader'] }, 'kites and lightning'),
  ]);
  return users;
}
