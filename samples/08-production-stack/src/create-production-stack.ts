import { createApp, type App } from '@sluice/core';
import { health } from '@sluice/health';
import { metrics } from '@sluice/metrics';
import { redisLimits, type RedisLimitsOptions } from '@sluice/rate-limit';
import { secureDefaults, type SecureDefaultsOptions } from '@sluice/secure-defaults';
import { redisStore } from '@sluice/session-redis';
import { tracing } from '@sluice/tracing';
import { underPressure } from '@sluice/under-pressure';
import { countRefusals } from './count-refusals';
import { NotesController } from './notes-controller';
import type { Settings } from './settings';

export interface StackOptions {
  readonly settings: Settings;
  /** Connected. */
  readonly client?: (RedisLimitsOptions['client'] & { ping(): Promise<string> }) | undefined;
  /** A logger for the access log, for example pino. Default: lines on the console. */
  readonly accessLog?: Exclude<SecureDefaultsOptions['accessLog'], false>;
}

/** Makes the application: its controllers, and around them the recommended stack and what watches it. */
export async function createProductionStack({
  settings,
  client,
  accessLog = {},
}: StackOptions): Promise<App> {
  const { ALLOWED_HOSTS, METRICS_PORT, SESSION_SECRET, TRUSTED_PROXIES } = settings;
  const [requestId, logged, ...protectedBy] = secureDefaults({
    trustedHost: { allowedHosts: [...ALLOWED_HOSTS] },
    accessLog,
    securityHeaders: { preset: 'api' },
    rateLimit: { limit: 100, window: 60, ...(client && { store: redisLimits({ client }) }) },
    timeout: { afterMs: 10_000 },
    session: {
      secretKey: SESSION_SECRET,
      httpsOnly: TRUSTED_PROXIES.length > 0,
      ...(client && { store: redisStore({ client }) }),
    },
  });
  const meters = metrics({ activeRequests: true });
  const limits = protectedBy.findIndex(({ name }) => name === 'rateLimit');
  return createApp({
    controllers: [NotesController],
    routes: health({
      // All processes share Redis, so taking them all out of service would not help.
      checks: client ? { redis: { check: () => client.ping(), optional: true } } : {},
      skipMiddleware: ['accessLog', 'trustedHost', 'underPressure', 'rateLimit'],
    }),
    services: METRICS_PORT === undefined ? [] : [meters.listener({ port: METRICS_PORT })],
    ...(TRUSTED_PROXIES.length > 0 && { trustProxy: [...TRUSTED_PROXIES] }),
    middleware: [
      requestId!,
      meters,
      tracing(),
      logged!,
      countRefusals(meters),
      ...protectedBy.slice(0, limits),
      underPressure({ maxEventLoopDelayMs: 200, maxInFlight: 1000 }),
      ...protectedBy.slice(limits),
    ],
  });
}
