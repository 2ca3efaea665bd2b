import { createApp } from '@sluice/core';
import { StreamingController } from './streaming-controller';

/** Creates the application without listening, so that tests can use it too. */
export function createStreaming() {
  return createApp({ controllers: [StreamingController] });
}
