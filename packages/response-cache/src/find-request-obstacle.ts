import type { Context } from '@sluice/core';

/** The reason why the reply to a request is not kept, whatever it is. */
export function findRequestObstacle(request: Context['request']): string | undefined {
  if (request.method !== 'GET') return 'head';
  if (request.header('range') !== undefined) return 'range';
  // The handler may read a body, which is not a part of the key.
  const length = request.header('content-length') ?? '0';
  return length !== '0' || request.header('transfer-encoding') !== undefined ? 'body' : undefined;
}
