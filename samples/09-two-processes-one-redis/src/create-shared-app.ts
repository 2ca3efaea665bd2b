import { createApp, withDependencies } from '@sluice/core';
import { session } from '@sluice/session';
import { AccountController } from './account-controller';
import { LoginController } from './login-controller';
import type { Login } from './login';
import { sharedLimit } from './shared-limit';
import { REDIS_URL, SharedRedis } from './shared-redis';

/** The settings of the application: the same ones for each process. */
export interface SharedOptions {
  readonly redisUrl: string;
  readonly sessionSecret: string;
}

/** Creates the application of one process. It keeps nothing that another process would miss. */
export function createSharedApp({ redisUrl, sessionSecret }: SharedOptions) {
  return createApp({
    controllers: [LoginController, AccountController],
    providers: [{ token: REDIS_URL, useValue: redisUrl }],
    middleware: [
      // `local`: without Redis each process counts for itself, so that the rest of the service goes on.
      sharedLimit({ limit: 100, window: 60, onStoreError: 'local' }),
      withDependencies([SharedRedis], ({ sessions }) =>
        session({
          secretKey: sessionSecret,
          store: sessions,
          userOf: (data) => (data as Login).user,
        }),
      ),
    ],
  });
}
