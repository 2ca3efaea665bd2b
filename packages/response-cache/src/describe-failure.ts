import type { Context } from '@sluice/core';

/** The error and the message of a reply that could not be made in the background. */
export function describeFailure({ error, response, route }: Context): [error: unknown, message: string] {
  return [
    error ?? new Error(`The status was ${response.status}.`),
    `The cache could not make the reply of ${route.name} anew`,
  ];
}
