import { isIntegerOption, isTextOption, type OptionRule } from '@sluice/core/kit';
import type { RedisOptions } from 'ioredis';

/** The options of ioredis that the queue sets for its own connections. */
const OWN_NAMES = [
  'autoResendUnfulfilledCommands',
  'commandTimeout',
  'enableOfflineQueue',
  'keyPrefix',
  'lazyConnect',
  'maxRetriesPerRequest',
  'replyMapping',
  'retryStrategy',
] as const;

/** A connection as the user gives it. Replies of ioredis stay as BullMQ reads them. */
export type QueueConnection = string | ConnectionOptions;

type ConnectionOptions = Omit<RedisOptions, (typeof OWN_NAMES)[number]>;

/** The compiler compares it with the options of ioredis. */
const NAMES: Readonly<Record<keyof ConnectionOptions, true>> = {
  host: true,
  port: true,
  path: true,
  family: true,
  tls: true,
  username: true,
  password: true,
  db: true,
  protocol: true,
  name: true,
  role: true,
  sentinels: true,
  sentinelUsername: true,
  sentinelPassword: true,
  sentinelTLS: true,
  sentinelRetryStrategy: true,
  sentinelReconnectStrategy: true,
  sentinelCommandTimeout: true,
  sentinelMaxConnections: true,
  enableTLSForSentinelMode: true,
  updateSentinels: true,
  failoverDetector: true,
  preferredSlaves: true,
  natMap: true,
  connectTimeout: true,
  disconnectTimeout: true,
  socketTimeout: true,
  blockingTimeout: true,
  blockingTimeoutGrace: true,
  keepAlive: true,
  noDelay: true,
  connectionName: true,
  disableClientInfo: true,
  clientInfoTag: true,
  autoResubscribe: true,
  reconnectOnError: true,
  readOnly: true,
  stringNumbers: true,
  monitor: true,
  maxLoadingRetryTime: true,
  enableAutoPipelining: true,
  autoPipeliningIgnoredCommands: true,
  offlineQueue: true,
  commandQueue: true,
  enableReadyCheck: true,
  scripts: true,
  himportFieldsets: true,
  showFriendlyErrorStack: true,
  Connector: true,
};

const isNumber = (least: number, most: number): OptionRule => {
  const isInRange = isIntegerOption(least, most);
  // Those of a URL, and of the environment, are texts.
  return (value) => isInRange(typeof value === 'string' && value !== '' ? Number(value) : value);
};

/** ioredis ignores names that it does not know, and takes every value, and connects elsewhere. */
export const CONNECTION_RULES: Readonly<Record<string, OptionRule>> = {
  ...Object.fromEntries(Object.keys(NAMES).map((name) => [name, () => undefined])),
  ...Object.fromEntries(OWN_NAMES.map((name) => [name, () => 'is set by the queue'])),
  host: isTextOption,
  port: isNumber(1, 65_535),
  db: isNumber(0, Number.MAX_SAFE_INTEGER),
};

/** The rule of a connection, without the names of its options. */
export const isConnection: OptionRule = (value) => {
  const isOptions = typeof value === 'object' && value !== null && !Array.isArray(value);
  // A client has commands, and a URL has no properties of its own.
  if (isOptions && !('sendCommand' in value) && !(value instanceof URL)) return undefined;
  return typeof value === 'string' && /^rediss?:\/\//.test(value) && URL.canParse(value)
    ? undefined
    : "must be a URL, such as 'redis://127.0.0.1:6379', or the options of ioredis";
};

/** Reads the options of a connection. Those of a URL are in its query, and the database may be its path. */
export function readConnectionOptions(connection: QueueConnection): object {
  if (typeof connection !== 'string') return connection;
  const { pathname, searchParams } = new URL(connection);
  const db = pathname.slice(1);
  return { ...Object.fromEntries(searchParams), ...(db !== '' && { db }) };
}
