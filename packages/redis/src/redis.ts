import { ConfigurationError, type Logger } from '@sluice/core';
import {
  checkOptions,
  hasMethodsOption,
  isBooleanOption,
  isIntegerOption,
  PendingCalls,
  watchOutage,
  type OptionRule,
} from '@sluice/core/kit';
import { findReplayFault } from './find-replay-fault';
import { checkOneSlot } from './key-slot';
import { isRedisClient, makeScriptRunner, type RedisClient } from './redis-client';
import type { RedisScript } from './redis-script';
import { RedisUnavailable } from './redis-unavailable';

/** Options of `redis`. */
export interface RedisOptions {
  /** The client, of node-redis or ioredis, which stays yours: connect it before, close it after. */
  readonly client: RedisClient;
  /** Milliseconds after which a call is given up, whatever the client does. Default: 250. */
  readonly timeoutMs?: number;
  /** The most calls that the client has not settled; others are refused without being sent. Default: 1000. */
  readonly maxPending?: number;
  /** Whether to accept a client that sends commands after it has connected again. Default: false. */
  readonly allowReplay?: boolean;
  /** Receives the errors of a client that has no `error` listener. Default: `console`. */
  readonly logger?: Pick<Logger, 'info' | 'error'>;
}

/** Runs scripts on Redis, each with a timeout. */
export interface GuardedRedis {
  /** The calls that the client has not settled, those that were given up included. */
  readonly pending: number;
  /**
   * Runs a script, which Redis knows already or gets with the call. It is never sent again after an error.
   *
   * @param keys all in one slot of a cluster, which hash tags achieve
   * @throws RedisUnavailable after the timeout, or with too many unanswered calls; RangeError for keys in different slots;
   *   and each error of the client
   */
  run(script: RedisScript, keys: readonly string[], values?: readonly (string | number)[]): Promise<unknown>;
}

const OUTAGE = { upEvent: 'ready', down: 'Redis cannot be reached', up: 'Redis can be reached again.' };

/** The rules of these options, for stores that take them too. */
export const REDIS_RULES = {
  client: {
    required: (value: unknown) =>
      isRedisClient(value) ? undefined : 'must be a client of node-redis or ioredis',
  },
  timeoutMs: isIntegerOption(1, 60_000),
  maxPending: isIntegerOption(1, 1_000_000),
  allowReplay: isBooleanOption,
  logger: hasMethodsOption('info', 'error'),
};

/** The rule of a prefix of keys: it must not have a hash tag, and belongs in front of one. */
export const isKeyPrefix: OptionRule = (value) =>
  typeof value === 'string' && /^[^{}\s]{1,64}$/.test(value)
    ? undefined
    : 'must be a text of 1 to 64 characters without braces and spaces';

/**
 * Makes a client safe for the path of a request: a timeout of its own for every call, a bound for unanswered ones, no
 * writes that are sent again, and no process that ends because nothing listens to `error`.
 *
 * @param factory the function that the user has called, for messages
 * @throws ConfigurationError when an option is unknown or invalid, or the client would send commands again
 * @example const calls = redis({ client, timeoutMs: 100 });
 */
export function redis(options: RedisOptions, factory = 'redis'): GuardedRedis {
  checkOptions(factory, options, REDIS_RULES);
  const { client, timeoutMs = 250, maxPending = 1000, allowReplay = false, logger = console } = options;
  if (!allowReplay) refuseReplay(client, factory);
  watchOutage(client, OUTAGE, logger);
  const calls = new PendingCalls(timeoutMs, maxPending, (reason) => {
    const fault =
      reason === 'timeout'
        ? `within ${timeoutMs} milliseconds`
        : `${maxPending} calls, so no other call is sent`;
    return new RedisUnavailable(`Redis has not answered ${fault}.`, reason);
  });
  const runner = makeScriptRunner(client);

  return {
    get pending() {
      return calls.size;
    },
    async run(script, keys, values = []) {
      checkOneSlot(keys);
      const names = [...keys];
      const texts = values.map(String);
      return calls.start((isLate) =>
        runner.runKnown(script, names, texts).catch((error: unknown) => {
          if (!isNoScript(error) || isLate()) throw error;
          return runner.runSource(script, names, texts);
        }),
      );
    },
  };
}

function refuseReplay(client: RedisClient, factory: string): void {
  const needed = findReplayFault(client);
  if (needed === undefined) return;
  throw new ConfigurationError([
    {
      code: 'OPTION_INVALID',
      place: `${factory}()`,
      fault: 'client sends commands again after a reconnection, so a write could happen twice, or late.',
      cure: `Make the client with ${needed}; or accept it with allowReplay: true.`,
    },
  ]);
}

/** Redis has forgotten the script: it was restarted, or is another node of a cluster. */
function isNoScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT');
}
