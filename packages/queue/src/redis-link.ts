import { isInTime } from '@sluice/core/kit';
import type { Redis } from 'ioredis';
import type { QueueConnection } from './connection-options';
import type { Libraries } from './libraries';
import { isOutage, Outage } from './outage';
import { QueueUnavailable } from './queue-unavailable';

const CLOSING_ASKS_MS = 500;

/**
 * The connection that requests share. Commands do not wait for Redis: while it is away they fail at once, and after the
 * deadline if it does not answer. None is sent again later.
 */
export class RedisLink {
  readonly outage: Outage;
  /** Made again when an application starts after another one has closed it. */
  client: Redis;
  private opening: Promise<void> | undefined;
  private isClosed = false;

  constructor(
    private readonly libraries: Libraries,
    private readonly connection: QueueConnection,
    private readonly timeoutMs: number,
  ) {
    this.client = this.makeClient();
    this.outage = new Outage(this.place);
  }

  /** The address without a password. */
  get place(): string {
    const { path, host, port } = this.client.options;
    return path ?? `${host}:${port}`;
  }

  /** Tries to connect once, and keeps trying after that. Never rejects. */
  open(): Promise<void> {
    if (this.isClosed) this.client = this.makeClient();
    this.isClosed = false;
    return (this.opening ??= this.client.connect().catch(() => undefined));
  }

  /** Sends commands. Rejects with QueueUnavailable if they fail or take too long together. */
  async send<Result>(command: () => Promise<Result>): Promise<Result> {
    try {
      if (this.isClosed) throw new Error('The application has closed.');
      await this.open();
      const result = await limitTime(command(), this.timeoutMs);
      this.outage.end();
      return result;
    } catch (cause) {
      if (isOutage(cause)) this.outage.begin(cause);
      throw new QueueUnavailable(cause);
    }
  }

  /** Finds out whether Redis answers, quickly: a closing application asks. */
  isAnswering(): Promise<boolean> {
    if (this.client.status !== 'ready') return Promise.resolve(false);
    return isInTime(this.client.ping(), Date.now() + CLOSING_ASKS_MS).catch(() => false);
  }

  close(): void {
    this.isClosed = true;
    this.opening = undefined;
    this.client.disconnect();
  }

  private makeClient(): Redis {
    const { connection, timeoutMs } = this;
    const own = {
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: timeoutMs,
      commandTimeout: timeoutMs,
      retryStrategy: (times: number) => Math.min(times * 100, 1000),
    };
    const { Redis } = this.libraries.ioredis;
    const client =
      typeof connection === 'string' ? new Redis(connection, own) : new Redis({ ...connection, ...own });
    client.on('error', (error: Error) => this.outage.begin(error));
    client.on('ready', () => this.outage.end());
    return client;
  }
}

/** Rejects when the time is over. A later result is ignored. */
async function limitTime<Result>(running: Promise<Result>, timeMs: number): Promise<Result> {
  if (await isInTime(running, Date.now() + timeMs)) return running;
  throw new Error(`Redis did not answer within ${timeMs} milliseconds.`);
}
