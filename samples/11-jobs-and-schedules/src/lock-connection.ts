import { OnStart, OnStop } from '@sluice/core';
import { Redis } from 'ioredis';

/** The connection of the lock. It is open before the first task runs, and until the last one has ended. */
export class LockConnection {
  readonly client: Redis;

  constructor(url: string) {
    this.client = new Redis(url, {
      lazyConnect: true,
      // While Redis is down, commands fail at once; a queue would send them later.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(times * 100, 1000),
    });
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
}
