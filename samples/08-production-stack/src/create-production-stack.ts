import { createApp, type App } from '@sluice/core';
import { redisLimits, type RedisLimitsOptions } from '@sluice/rate-limit';
import { secureDefaults, type SecureDefaultsOptions } from '@sluice/secure-defaults';
import { redisStore } from '@sluice/session-redis';
import { HealthController } from './health-controller';
import { NotesController } from './notes-controller';

export interface StackOptions {
  readonly allowedHosts: readonly string[];
  readonly sessionSecret: string;
  /** The addresses of the proxies in front. Default: none. */
  readonly trustProxy?: readonly string[];
  /** Connected. Without it, each process counts for itself, and cookies keep the sessions. */
  readonly client?: RedisLimitsOptions['client'] | undefined;
  /** A logger for the access log, for example pino. Default: lines on the console. */
  readonly accessLog?: Exclude<SecureDefaultsOptions['accessLog'], false>;
}

/** Makes the application: its controllers, and the recommended stack around them. */
export async function createProductionStack({
  allowedHosts,
  sessionSecret,
  trustProxy = [],
  client,
  accessLog = {},
}: StackOptions): Promise<App> {
  return createApp({
    controllers: [HealthController, NotesController],
    ...(trustProxy.length > 0 && { trustProxy }),
    middleware: secureDefaults({
      trustedHost: { allowedHosts: [...allowedHosts] },
      accessLog,
      securityHeaders: { preset: 'api' },
      rateLimit: { limit: 100, window: 60, ...(client && { store: redisLimits({ client }) }) },
      timeout: { afterMs: 10_000 },
      session: {
        secretKey: sessionSecret,
        httpsOnly: trustProxy.length > 0,
        ...(client && { store: redisStore({ client }) }),
      },
    }),
  });
}
