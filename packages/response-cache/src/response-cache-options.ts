import { ConfigurationError, type Context, type MaybePromise } from '@sluice/core';
import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isToken,
  type OptionRule,
} from '@sluice/core/kit';
import type { CacheStore } from './store/cache-store';

/** Options of `responseCache`. Times are in seconds. */
export interface ResponseCacheOptions {
  /** A reply is fresh for so many seconds, from 1 to a year; its own Cache-Control and Expires can only shorten that. */
  readonly ttl: number;
  /** For so many seconds after the `ttl`, it is still used while a new one is made after the response. Default: 0. */
  readonly staleWhileRevalidate?: number;
  /** For so many seconds after the `ttl`, it is used if the handler fails with 5xx. Default: 0. */
  readonly staleIfError?: number;
  /** Statuses from 300 to 499, without 304, that are kept beside 2xx, such as 404 and 301. Default: none. */
  readonly statuses?: readonly number[];
  /**
   * The users that share replies: those of requests with the same text. Undefined: the request bypasses the cache. With
   * it, replies to requests with Authorization, and those that depend on cookies, are kept too, so it must name the user.
   * Default: the reply is the same for everybody, and such replies are not kept.
   */
  readonly varyBy?: (context: Context) => MaybePromise<string | undefined>;
  /** Names of the query parameters that count. The handler must not read others. Default: the whole query, as it was sent. */
  readonly query?: readonly string[];
  /** Whether the scheme and host of the client count. Without them, the handler must not read them. Default: true. */
  readonly byHost?: boolean;
  /** Whether Cache-Control of a request counts: then a client can bypass the cache whenever it wants. Default: false. */
  readonly obeyRequest?: boolean;
  /** Whether a 200 without an ETag gets one, for 304. Default: true. */
  readonly etag?: boolean;
  /** The most bytes of a body that is kept. Default: 1048576 (1 MiB). */
  readonly maxEntryBytes?: number;
  /** Milliseconds for which a request waits for another one that makes the same reply. Default: 10000. */
  readonly maxWaitMs?: number;
  /** The name in Cache-Status, or false for none. Default: `sluice`. */
  readonly cacheStatus?: string | false;
  /** The place of the entries. Default: `memoryCache()`, one for this middleware. */
  readonly store?: CacheStore;
}

const YEAR = 31_536_000;
const isTime = isIntegerOption(0, YEAR);

const isNameList: OptionRule = (value) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '')
    ? undefined
    : 'must be a list of names';

/** 206 is a part, 304 an answer to a condition. */
const isStatusList: OptionRule = (value) =>
  Array.isArray(value) && value.every(isKeptStatus)
    ? undefined
    : 'must be a list of statuses from 300 to 499, without 304';

function isKeptStatus(status: unknown): boolean {
  return Number.isInteger(status) && Number(status) >= 300 && Number(status) <= 499 && status !== 304;
}

const isStatusName: OptionRule = (value) =>
  value === false || (typeof value === 'string' && isToken(value) && /^[A-Za-z*]/.test(value))
    ? undefined
    : 'must be a token that begins with a letter, or false';

const STORE_METHODS = ['find', 'save', 'remove', 'isCurrent', 'purge'];

const isStore: OptionRule = (value) => {
  const store = Object(value) as Record<string, unknown>;
  const missing = STORE_METHODS.filter((method) => typeof store[method] !== 'function');
  if (missing.length > 0)
    return `must be a store, such as memoryCache() or redisCache({ client }); it has no method ${missing.join(', ')}`;
  return typeof store['isShared'] === 'boolean' ? undefined : 'must say in isShared whether it is shared';
};

const RULES = {
  ttl: { required: isIntegerOption(1, YEAR) },
  staleWhileRevalidate: isTime,
  staleIfError: isTime,
  statuses: isStatusList,
  varyBy: isFunctionOption,
  query: isNameList,
  byHost: isBooleanOption,
  obeyRequest: isBooleanOption,
  etag: isBooleanOption,
  maxEntryBytes: isIntegerOption(1),
  maxWaitMs: isIntegerOption(1, 600_000),
  cacheStatus: isStatusName,
  store: isStore,
};

/** Throws ConfigurationError for options that are unknown, missing or invalid. */
export function checkCacheOptions(options: ResponseCacheOptions): void {
  checkOptions('responseCache', options, RULES);
  const { statuses = [] } = options;
  if (new Set(statuses).size === statuses.length) return;
  throw new ConfigurationError([invalidOption('responseCache()', 'statuses', 'must name each status once')]);
}
