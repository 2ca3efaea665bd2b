import type { Context } from '@sluice/core';
import {
  hasMethodsOption,
  isBooleanOption,
  isFunctionOption,
  isOneOfOption,
  isToken,
  type OptionRule,
} from '@sluice/core/kit';
import type { AccessLogger } from './access-logger';

/** Options of `accessLog`. */
export interface AccessLogOptions {
  /** Takes the entries: pino, or anything with `info`, `warn` and `error`. Default: one line of JSON on the console. */
  readonly logger?: AccessLogger;
  /** An object for machines, or one line for people. Default: a line in development, else an object. */
  readonly format?: 'object' | 'line';
  /** Whether the path is logged beside the pattern of the route. Switch it off if paths have secrets. Default: true. */
  readonly path?: boolean;
  /** Whether the query is logged with the path. Default: false. */
  readonly query?: boolean;
  /** More keys of queries whose values are never logged, in any case, also as a part of a nested key: `user[password]`. */
  readonly redactQuery?: readonly string[];
  /** Whether the address of the client is logged. Default: false, because it is personal, and costs. */
  readonly address?: boolean;
  /** Whether the User-Agent is logged. Default: false. */
  readonly userAgent?: boolean;
  /** Headers of the request that are logged. Authorization, Cookie and the like only as `[redacted]`. Default: none. */
  readonly requestHeaders?: readonly string[];
  /** Headers of the response that are logged, Set-Cookie only as `[redacted]`. Default: none. */
  readonly responseHeaders?: readonly string[];
  /** More headers that are logged only as `[redacted]`. */
  readonly redactHeaders?: readonly string[];
  /**
   * More properties of an entry, such as the id of a trace. Called when the response has ended; it cannot replace those of
   * the entry.
   */
  readonly fields?: (context: Context) => Readonly<Record<string, unknown>> | undefined;
  /** Whether a request is not logged, by what is known before it runs: health checks. Default: all are logged. */
  readonly skip?: (context: Context) => boolean;
}

const areNames: OptionRule = (value) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && isToken(name))
    ? undefined
    : 'must be a list of header names';

const areKeys: OptionRule = (value) =>
  Array.isArray(value) && value.every((key) => typeof key === 'string' && key !== '')
    ? undefined
    : 'must be a list of keys';

export const RULES: Readonly<Record<keyof AccessLogOptions, OptionRule>> = {
  logger: hasMethodsOption('info', 'warn', 'error'),
  format: isOneOfOption('object', 'line'),
  path: isBooleanOption,
  query: isBooleanOption,
  redactQuery: areKeys,
  address: isBooleanOption,
  userAgent: isBooleanOption,
  requestHeaders: areNames,
  responseHeaders: areNames,
  redactHeaders: areNames,
  fields: isFunctionOption,
  skip: isFunctionOption,
};

/** Keys of queries that commonly carry secrets: of OAuth 2.0, of signed URLs, of reset links. */
export const SECRET_KEYS: readonly string[] = [
  'access_token',
  'api_key',
  'apikey',
  'client_secret',
  'code',
  'id_token',
  'key',
  'password',
  'refresh_token',
  'secret',
  'sig',
  'signature',
  'token',
  'x-amz-signature',
  'x-amz-security-token',
];
