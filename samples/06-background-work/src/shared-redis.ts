import { Inject, Injectable, OnStart, OnStop, token } from '@sluice/core';
import { Redis } from 'ioredis';

/** Where Redis is: `redis://127.0.0.1:6379`. */
export const REDIS_URL = token<string>('REDIS_URL');

const ANSWERS_WITHIN_MS = 2000;

/** The connection that requests share. While Redis is away, commands fail at once instead of waiting for it. */
@Injectable()
export class SharedRedis {
  readonly client: Redis;
  private isAway = false;

  constructor(@Inject(REDIS_URL) readonly url: string) {
    this.client = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      connectTimeout: ANSWERS_WITHIN_MS,
      // A Redis that accepts commands and never answers, too, is one that is away.
      commandTimeout: ANSWERS_WITHIN_MS,
      retryStrategy: (times) => Math.min(times * 100, 1000),
    });
    this.client.on('error', (error) => this.tellAway(error));
    this.client.on('ready', () => this.tellBack());
  }

  /** Tries once before the application listens; from then on it is tried again until Redis is there. */
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

  /** Once, however often it is tried in vain. */
  private tellAway(error: Error & { readonly code?: string }): void {
    if (this.isAway) return;
    this.isAway = true;
    const reason = error.code ?? error.message;
    console.error(
      `No Redis at ${this.place} (${reason}), so reports have to wait: start redis-server, or set REDIS_URL.`,
    );
  }

  private tellBack(): void {
    if (this.isAway) console.log(`Redis at ${this.place} answers now.`);
    this.isAway = false;
  }

  /** Without the password that the URL may have. */
  private get place(): string {
    const { path, host, port } = this.client.options;
    return path ?? `${host}:${port}`;
  }
}
