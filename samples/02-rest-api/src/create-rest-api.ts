import { createApp } from '@sluice/core';
import { UsersController } from './users-controller';

/** The application. Nothing listens yet, so that tests can use it as it is. */
export function createRestApi() {
  return createApp({ controllers: [UsersController] });
}
