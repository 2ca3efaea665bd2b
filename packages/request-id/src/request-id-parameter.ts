import { createParameterDecorator } from '@sluice/core';
import { REQUEST_ID } from './request-id';

/**
 * Gives a handler the id of the request. The application does not start if a route uses it and no `requestId` runs
 * there.
 *
 * @example create(@RequestId() id: string) { return this.jobs.add({ id }); }
 */
export const RequestId = createParameterDecorator('RequestId', (context) => context.get(REQUEST_ID)!, {
  needs: 'requestId',
});
