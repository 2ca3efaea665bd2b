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
    // GET /openapi.json, /openapi.yaml, and the page /docs that shows them
    routes: [...openapi({ info: { title: '{{name}}', version: '0.0.0' } }), ...swaggerUi()],
    // First = outermost.
    middleware: [requestId(), securityHeaders({ preset: 'api' })],
  });
}
