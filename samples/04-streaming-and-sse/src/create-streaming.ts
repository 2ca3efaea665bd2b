import { createApp } from '@sluice/core';
import { StreamingController } from './streaming-controller';

/** The application. Nothing listens yet, so that tests can use it as it is. */
export function createStreaming() {
  return createApp({ controllers: [StreamingController] });
}
