import type { Context } from '@sluice/core';

/** Why a request went to the handler (RFC 9211 §2.2). */
export type Forward = 'bypass' | 'miss' | 'request' | 'stale';

/** Writes Cache-Status (RFC 9211) for answers that are not hits. */
export class CacheStatus {
  /** @param name the name of the cache; undefined: nothing is written */
  constructor(readonly name: string | undefined) {}

  /** Adds the cache to the list, behind caches that the request has passed before. */
  add({ response }: Context, forward: Forward, parameters = ''): void {
    if (this.name !== undefined)
      response.headers.append('Cache-Status', `${this.name}; fwd=${forward}${parameters}`);
  }
}
