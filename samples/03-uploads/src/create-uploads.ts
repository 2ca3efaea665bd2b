import { createApp } from '@sluice/core';
import { UploadsController } from './uploads-controller';

/** The application. Nothing listens yet, so that tests can use it as it is. */
export function createUploads() {
  return createApp({ controllers: [UploadsController] });
}
