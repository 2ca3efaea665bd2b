import { createApp, type App } from '@sluice/core';
import { csrf } from '@sluice/csrf';
import { etag } from '@sluice/etag';
import { securityHeaders } from '@sluice/security-headers';
import { createQuickstart } from '../../samples/01-quickstart/src/create-quickstart';
import { createRestApi } from '../../samples/02-rest-api/src/create-rest-api';
import { createUploads } from '../../samples/03-uploads/src/create-uploads';
import { createStreaming } from '../../samples/04-streaming-and-sse/src/create-streaming';
import { createAuthAndSessions } from '../../samples/05-auth-and-sessions/src/create-auth-and-sessions';
import { createBackgroundWork } from '../../samples/06-background-work/src/create-background-work';
import { notesOptions } from '../../samples/07-dependencies-and-testing/src/notes-options';
import { createProductionStack } from '../../samples/08-production-stack/src/create-production-stack';
import { Settings as ProductionSettings } from '../../samples/08-production-stack/src/settings';
import { createProcess } from '../../samples/11-jobs-and-schedules/src/create-process';
import { createSharedApp } from '../../samples/09-two-processes-one-redis/src/create-shared-app';
import { NotesController } from '../../samples/10-static-site-and-api/src/notes-controller';
import { createNotes } from '../../samples/12-without-decorators/src/create-notes';

const sessionSecret = 'a secret for tests that is long enough';
/** Services of a started sample. Without them its document can be made, because nothing connects before a start. */
export interface SampleServices {
  readonly redisUrl?: string | undefined;
  readonly notesFile?: string;
}

const NO_REDIS = 'redis://127.0.0.1:1';

/** Makes the application of every sample, by the name of its folder. It is not started. */
export const SAMPLE_APPS: Readonly<Record<string, (services?: SampleServices) => Promise<App>>> = {
  '01-quickstart': () => createQuickstart(),
  '02-rest-api': () => createRestApi(),
  '03-uploads': () => createUploads(),
  '04-streaming-and-sse': () => createStreaming(),
  '05-auth-and-sessions': () => createAuthAndSessions(),
  '06-background-work': ({ redisUrl = NO_REDIS } = {}) =>
    createBackgroundWork({ redisUrl, withWorker: false }),
  '07-dependencies-and-testing': ({ notesFile = 'notes.json' } = {}) =>
    createApp(notesOptions(notesFile, sessionSecret)),
  '08-production-stack': () => createProductionStack({ settings: new ProductionSettings() }),
  '09-two-processes-one-redis': ({ redisUrl = NO_REDIS } = {}) =>
    createSharedApp({ redisUrl, sessionSecret }),
  // Its files, which a build makes, are not in a document.
  '10-static-site-and-api': () =>
    createApp({ controllers: [NotesController], middleware: [securityHeaders(), etag(), csrf()] }),
  '11-jobs-and-schedules': ({ redisUrl = NO_REDIS } = {}) => createProcess({ redisUrl, kind: 'web' }),
  '12-without-decorators': () => createNotes(),
};
