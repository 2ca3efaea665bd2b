import { createApp } from '@sluice/core';
import { UsersController } from './users-controller';

/** Creates the application without listening, so that tests can use it too. */
export function createRestApi() {
  return createApp({ controllers: [UsersController] });
}
