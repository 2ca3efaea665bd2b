import type { RedisScript } from './redis-script';

/** The parts of a client of node-redis (`redis`, `@redis/client`) that are used; a cluster, a pool and a sentinel have them. */
export interface NodeRedisClient {
  evalSha(sha1: string, options?: { keys?: string[]; arguments?: string[] }): Promise<unknown>;
  eval(source: string, options?: { keys?: string[]; arguments?: string[] }): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** The parts of a client of ioredis, or one of its family, that are used; a cluster has them. */
export interface IoredisClient {
  evalsha(sha1: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(source: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** A client of node-redis or ioredis. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** Both families of clients as one. */
export interface ScriptRunner {
  runKnown(script: RedisScript, keys: string[], values: string[]): Promise<unknown>;
  runSource(script: RedisScript, keys: string[], values: string[]): Promise<unknown>;
}

/** Returns whether a value has the methods of a client. */
export function isRedisClient(value: unknown): value is RedisClient {
  if (typeof value !== 'object' || value === null) return false;
  const client = value as Partial<NodeRedisClient & IoredisClient>;
  const hasScripts = typeof client.evalSha === 'function' || typeof client.evalsha === 'function';
  return hasScripts && typeof client.eval === 'function' && typeof client.on === 'function';
}

/** Both families have `eval`, with other parameters; only the name with SHA differs. */
export function isNodeRedis(client: RedisClient): client is NodeRedisClient {
  return 'evalSha' in client;
}

export function makeScriptRunner(client: RedisClient): ScriptRunner {
  if (isNodeRedis(client)) {
    return {
      runKnown: ({ sha1 }, keys, values) => client.evalSha(sha1, { keys, arguments: values }),
      runSource: ({ source }, keys, values) => client.eval(source, { keys, arguments: values }),
    };
  }
  return {
    runKnown: ({ sha1 }, keys, values) => client.evalsha(sha1, keys.length, ...keys, ...values),
    runSource: ({ source }, keys, values) => client.eval(source, keys.length, ...keys, ...values),
  };
}
