import { gzip } from '@sluice/compression';
import { createApp } from '@sluice/core';
import { cors } from '@sluice/cors';
import { openapi } from '@sluice/openapi';
import { session } from '@sluice/session';
import { swaggerUi } from '@sluice/swagger-ui';
import { trustedHost } from '@sluice/trusted-host';
import { QuickstartController } from './quickstart-controller';

/** For development only, because it is public. */
export const DEVELOPMENT_SECRET = 'quickstart-development-secret-not-for-production';

/** Creates the application without listening, so that tests can use it too. */
export function createQuickstart({ sessionSecret = DEVELOPMENT_SECRET } = {}) {
  return createApp({
    middleware: [
      // The first is the outermost: a request passes them top down, its response bottom up.
      trustedHost({ allowedHosts: ['127.0.0.1', 'localhost', '127.0.0.1:8000'] }),
      cors({ allowOrigins: ['*'], allowMethods: ['GET', 'POST'], allowHeaders: ['*'] }),
      gzip({ minimumSize: 500, compressLevel: 9 }),
      session({ secretKey: sessionSecret, sessionCookie: 'sluice_session', maxAge: 3600 }),
    ],
    controllers: [QuickstartController],
    // GET /openapi.json, /openapi.yaml, and the page /docs, on which you can try every route.
    routes: [...openapi({ info: { title: 'Quickstart', version: '1.0.0' } }), ...swaggerUi()],
  });
}
