import { Inject, Injectable, OnStart, OnStop, token } from '@sluice/core';
import { Redis } from 'ioredis';

/** The URL of Redis: `redis://127.0.0.1:6379`. */
export const REDIS_URL = token<string>('REDIS_URL');

const ANSWERS_WITHIN_MS = 2000;

/** The connection that requests share. While Redis is down, commands fail at once. */
@Injectable()
export class SharedRedis {
  readonly client: Redis;
  private isDown = false;

  constructor(@Inject(REDIS_URL) readonly url: string) {
    this.client = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      connectTimeout: ANSWERS_WITHIN_MS,
      // A Redis that accepts commands and does not answer them counts as down too.
      commandTimeout: ANSWERS_WITHIN_MS,
      retryStrategy: (times) => Math.min(times * 100, 1000),
    });
    this.client.on('error', (error) => this.reportDown(error));
    this.client.on('ready', () => this.reportUp());
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

  isAnswering(): Promise<boolean> {
    return this.client.ping().then(
      () => true,
      () => false,
    );
  }

  /** Reports once that Redis is down, however many attempts fail. */
  private reportDown(error: Error & { readonly code?: string }): void {
    if (this.isDown) return;
    this.isDown = true;
    const reason = error.code ?? error.message;
    console.error(
      `No Redis at ${this.place} (${reason}), so reports do not work. Start redis-server, or set REDIS_URL.`,
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
