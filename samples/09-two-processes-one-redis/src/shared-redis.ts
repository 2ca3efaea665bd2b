import { Inject, Injectable, OnStart, OnStop, token } from '@sluice/core';
import { redisLimits, type LimitStore } from '@sluice/rate-limit';
import { redisStore, type RedisSessionStore } from '@sluice/session-redis';
import { Redis } from 'ioredis';

/** The URL of Redis: `redis://127.0.0.1:6379`. */
export const REDIS_URL = token<string>('REDIS_URL');

/** The state that all processes share: their sessions and their limits, over one connection of each process. */
@Injectable()
export class SharedRedis {
  readonly sessions: RedisSessionStore;
  readonly limits: LimitStore;
  private readonly client: Redis;
  private isDown = false;

  constructor(@Inject(REDIS_URL) url: string) {
    this.client = new Redis(url, {
      lazyConnect: true,
      // While Redis is down, commands fail at once; a queue would send them later.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(times * 100, 1000),
    });
    this.client.on('error', (error) => this.reportDown(error));
    this.client.on('ready', () => this.reportUp());
    this.sessions = redisStore({ client: this.client });
    this.limits = redisLimits({ client: this.client });
  }

  /** Tries to connect once before the application listens, and keeps trying after that. */
  @OnStart()
  async open(): Promise<void> {
    await this.client.connect().catch(() => undefined);
  }

  @OnStop()
  close(): void {
    this.client.disconnect();
  }

  /** Reports once that Redis is down, however many attempts fail. */
  private reportDown(error: Error & { readonly code?: string }): void {
    if (this.isDown) return;
    this.isDown = true;
    const reason = error.code ?? error.message;
    console.error(
      `No Redis at ${this.place} (${reason}), so only GET / works. Start redis-server, or set REDIS_URL.`,
    );
  }

  private reportUp(): void {
    if (this.isDown) console.log(`Redis at ${this.place} is up.`);
    this.isDown = false;
  }

  /** The URL without a password. */
  private get place(): string {
    const { path, host, port } = this.client.options;
    return path ?? `${host}:${port}`;
  }
}
