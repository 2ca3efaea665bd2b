import { anyOf, authenticate, bearer } from '@sluice/auth';
import { createApp, redirect } from '@sluice/core';
import { memoryStore, readSession, session } from '@sluice/session';
import { ApiController } from './api-controller';
import type { Login } from './login';
import { PagesController } from './pages-controller';
import { requireSameOrigin } from './require-same-origin';
import { Users } from './users';

/** Good for trying things out only: everybody can read it here. */
export const DEVELOPMENT_SECRET = 'auth-sample-development-secret-not-for-production';

/** The application. Nothing listens yet, so that tests can use it as it is. */
export async function createAuthAndSessions({ sessionSecret = DEVELOPMENT_SECRET } = {}) {
  const users = await createUsers();
  return createApp({
    middleware: [
      requireSameOrigin,
      // With a store a logout is the end of the session, for copies of its cookie too.
      session({ secretKey: sessionSecret, sameSite: 'lax', maxAge: 3600, store: memoryStore() }),
      // Round everything: a route is closed unless it says @Public().
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

/** Passwords that everybody can read here, like the secret: yours come from where you keep your users. */
async function createUsers(): Promise<Users> {
  const users = await Users.create();
  await Promise.all([
    users.add({ name: 'ada', roles: ['admin', 'reader'] }, 'analytical engine'),
    users.add({ name: 'ben', roles: ['reader'] }, 'kites and lightning'),
  ]);
  return users;
}
