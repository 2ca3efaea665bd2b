import { ConfigurationError } from '@sluice/core';
import { findOptionProblems, isIntegerOption, isTextOption, type OptionRule } from '@sluice/core/kit';
import {
  CONNECTION_RULES,
  isConnection,
  readConnectionOptions,
  type QueueConnection,
} from './connection-options';

/** Options of `queue`. */
export interface QueueOptions {
  /** Redis: a URL, `redis://127.0.0.1:6379`, or the options of ioredis. */
  readonly connection: QueueConnection;
  /**
   * The jobs that this process does: those of all methods with `@Job`, none, or those with these names. Default: true.
   */
  readonly work?: boolean | readonly string[];
  /** Precedes the keys in Redis. Default: `bull`, as with BullMQ. */
  readonly prefix?: string;
  /** Milliseconds after which adding and finding a job fail if Redis does not answer. Default: 2000. */
  readonly timeoutMs?: number;
}

const isWork: OptionRule = (value) =>
  typeof value === 'boolean' ||
  (Array.isArray(value) && value.length > 0 && value.every((name) => isTextOption(name) === undefined))
    ? undefined
    : 'must be true, false or a list of names';

const isPrefix: OptionRule = (value) =>
  typeof value === 'string' && /^[^\s:]{1,64}$/.test(value)
    ? undefined
    : 'must be a text of 1 to 64 characters without spaces and colons';

/** Throws ConfigurationError for options that are unknown, missing or invalid. */
export function checkQueueOptions(options: QueueOptions): void {
  const problems = [
    ...findOptionProblems('queue', options, {
      connection: { required: isConnection },
      work: isWork,
      prefix: isPrefix,
      timeoutMs: isIntegerOption(1, 60_000),
    }),
  ];
  const { connection } = Object(options) as QueueOptions;
  if (isConnection(connection) === undefined) {
    const given = readConnectionOptions(connection);
    problems.push(...findOptionProblems('queue', given, CONNECTION_RULES, 'queue(), connection'));
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
}
