import { createRequire } from 'node:module';
import type { RedisClient } from '@sluice/redis';
import { Cluster, Redis } from 'ioredis';

/** A connected client of the tests. */
export interface OpenClient extends Disposable {
  readonly client: RedisClient;
}

/** Opens a client for one server, or for a cluster with several ports. */
export type OpenClientOf = (...ports: readonly number[]) => Promise<OpenClient>;

const RECONNECT_AFTER_MS = 50;

/** The two clients as their READMEs make them, without the queues that would replay writes. */
export const CLIENTS: readonly (readonly [name: string, open: OpenClientOf])[] = [
  ['node-redis', openNodeRedis],
  ['ioredis', openIoredis],
];

interface NodeRedis {
  createClient(options: object): NodeRedisConnection;
  createCluster(options: object): NodeRedisConnection;
}

type NodeRedisConnection = RedisClient & { connect(): Promise<unknown>; destroy(): void };

async function openNodeRedis(...ports: readonly number[]): Promise<OpenClient> {
  // Its types are large enough to slow every editor down; the tests need four methods.
  const { createClient, createCluster } = createRequire(__filename)('redis') as NodeRedis;
  const [first, ...others] = ports.map((port) => ({ url: `redis://127.0.0.1:${port}` }));
  const settings = { disableOfflineQueue: true, socket: { reconnectStrategy: RECONNECT_AFTER_MS } };
  const client =
    others.length === 0
      ? createClient({ ...first, ...settings })
      : createCluster({ rootNodes: [first, ...others], defaults: settings });
  await client.connect();
  return { client, [Symbol.dispose]: () => client.destroy() };
}

async function openIoredis(...ports: readonly number[]): Promise<OpenClient> {
  const settings = { enableOfflineQueue: false, maxRetriesPerRequest: 0, lazyConnect: true };
  const client =
    ports.length === 1
      ? new Redis(ports[0]!, '127.0.0.1', { ...settings, retryStrategy: () => RECONNECT_AFTER_MS })
      : new Cluster(
          ports.map((port) => ({ port, host: '127.0.0.1' })),
          { enableOfflineQueue: false, lazyConnect: true },
        );
  await client.connect();
  return { client, [Symbol.dispose]: () => client.disconnect() };
}
