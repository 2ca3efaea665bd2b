import { createRequire } from 'node:module';
import { createApp, serve } from '@sluice/core';

interface Client {
  connect(): Promise<unknown>;
  ping(): Promise<string>;
  close(): Promise<void>;
}

const REDIS = Symbol('redis');

/** An application with a connection to Redis, which each of its workers opens when it starts. */
async function main(): Promise<void> {
  await serve(
    async () => {
      const { createClient } = createRequire(__filename)('redis') as {
        createClient(options: object): Client;
      };
      const client = createClient({ url: process.env['REDIS_URL'], name: 'provider' });
      await client.connect();
      return createApp({
        providers: [{ token: REDIS, useValue: client }],
        onStop: () => client.close(),
        routes: [{ method: 'GET', path: '/', handler: async () => ({ pong: await client.ping() }) }],
      });
    },
    { port: 0, workers: 2, onWorkerStart: ({ id, pid }) => console.log(`started ${id} ${pid}`) },
  );
}

void main();
