import { createApp } from '@sluice/core';
import { openapi } from '@sluice/openapi';
import { requestId } from '@sluice/request-id';
import { securityHeaders } from '@sluice/security-headers';
import { swaggerUi } from '@sluice/swagger-ui';
import { NotesController } from './notes-controller{{js}}';

/** Makes the application, which does not listen yet: for the server, the tests and the command sluice. */
export function createMyApp() {
  return createApp({
    controllers: [NotesController],
    // The description of every route, and a page that shows it: /openapi.json and /docs.
    routes: [...openapi({ info: { title: '{{name}}', version: '0.0.0' } }), ...swaggerUi()],
    // First = outermost.
    middleware: [requestId(), securityHeaders({ preset: 'api' })],
  });
}
