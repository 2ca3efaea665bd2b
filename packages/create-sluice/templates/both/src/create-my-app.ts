import { createApp } from '@sluice/core';
import { requestId } from '@sluice/request-id';
import { securityHeaders } from '@sluice/security-headers';
import { NotesController } from './notes-controller{{js}}';

/** Makes the application, which does not listen yet: for the server, the tests and the command sluice. */
export function createMyApp() {
  return createApp({
    controllers: [NotesController],
    // First = outermost.
    middleware: [requestId(), securityHeaders({ preset: 'api' })],
  });
}
