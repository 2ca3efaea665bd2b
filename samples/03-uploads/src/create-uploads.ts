import { createApp } from '@sluice/core';
import { UploadsController } from './uploads-controller';

/** Creates the application without listening, so that tests can use it too. */
export function createUploads() {
  return createApp({ controllers: [UploadsController] });
}
