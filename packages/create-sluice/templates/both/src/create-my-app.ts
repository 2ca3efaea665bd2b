import { createApp } from '@sluice/core';
import { openapi } from '@sluice/openapi';
import { requestId } from '@sluice/request-id';
import { securityHeaders } from '@sluice/security-headers';
import { NotesController } from './notes-controller{{js}}';

/** Makes the application, which does not listen yet: for the server, the tests and the command sluice. */
export function createMyApp() {
  return createApp({
    controllers: [NotesController],
    // GET /openapi.json and /openapi.yaml
    routes: openapi({ info: { title: '{{name}}', version: '0.0.0' } }),
    // First = outermost.
    middleware: [requestId(), securityHeaders({ preset: 'api' })],
  });
}
