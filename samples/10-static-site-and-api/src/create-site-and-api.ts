import path from 'node:path';
import { createApp, type AppOptions } from '@sluice/core';
import { csrf } from '@sluice/csrf';
import { etag } from '@sluice/etag';
import { securityHeaders } from '@sluice/security-headers';
import { staticFiles } from '@sluice/static';
import { NotesController } from './notes-controller';

/** The folder that `vite build` has written. */
export const PAGE = path.resolve(__dirname, '../dist/page');

/** Creates the application without listening, so that tests can use it too. */
export function createSiteAndApi({ development }: Pick<AppOptions, 'development'> = {}) {
  return createApp({
    controllers: [NotesController],
    middleware: [
      // All that the page consists of are files of this origin: nothing is inline, so it needs no nonce.
      securityHeaders({
        preset: 'strict',
        contentSecurityPolicy: { scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'"] },
      }),
      etag(),
      staticFiles({
        root: PAGE,
        fallback: 'index.html',
        immutable: /^assets\//,
        precompressed: ['br', 'gzip'],
      }),
      csrf(),
    ],
    ...(development !== undefined && { development }),
  });
}
