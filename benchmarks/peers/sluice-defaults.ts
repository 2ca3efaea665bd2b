import type { MiddlewareLike } from '@sluice/core';
import { secureDefaults } from '@sluice/secure-defaults';
import { ALLOWED_HOSTS } from '../workloads/payloads.js';

const drop = (): void => undefined;

/** All that is on by default, with a log that is dropped and a limit that no client reaches. */
export const defaults: readonly MiddlewareLike[] = secureDefaults({
  trustedHost: { allowedHosts: ALLOWED_HOSTS },
  accessLog: { logger: { info: drop, warn: drop, error: drop } },
  rateLimit: { limit: 1_000_000_000, window: 60 },
});
