import { isNodeRedis, type RedisClient } from './redis-client';

/** The options of a client that decide whether it sends a command after a new connection that it took before. */
interface ReplayOptions {
  readonly disableOfflineQueue?: unknown;
  readonly enableOfflineQueue?: unknown;
  readonly autoResendUnfulfilledCommands?: unknown;
  readonly maxRetriesPerRequest?: unknown;
  readonly defaults?: ReplayOptions;
}

/**
 * Finds out whether a client keeps commands while it is offline, or sends them twice. The request that waited for them
 * has been answered by then, so they would count for a second time. Undefined if it does not, or if it hides its options.
 */
export function findReplayFault(client: RedisClient): string | undefined {
  const options = readOptions(client);
  if (options === undefined) return undefined;
  if (isNodeRedis(client)) {
    if (options.disableOfflineQueue === true || options.defaults?.disableOfflineQueue === true)
      return undefined;
    return 'disableOfflineQueue: true';
  }
  const missing: string[] = [];
  if (options.enableOfflineQueue !== false) missing.push('enableOfflineQueue: false');
  if (
    !isCluster(client) &&
    options.autoResendUnfulfilledCommands !== false &&
    options.maxRetriesPerRequest !== 0
  )
    missing.push('maxRetriesPerRequest: 0');
  return missing.length === 0 ? undefined : missing.join(', ');
}

/** A cluster of node-redis has its options under another name. */
function readOptions(client: object): ReplayOptions | undefined {
  const { options, _options } = client as { options?: unknown; _options?: unknown };
  const found = options ?? _options;
  return typeof found === 'object' && found !== null ? found : undefined;
}

function isCluster(client: object): boolean {
  return (client as { isCluster?: unknown }).isCluster === true;
}
