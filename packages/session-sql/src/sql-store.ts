import type { Logger, MaybePromise } from '@sluice/core';
import { checkOptions, hasMethodsOption } from '@sluice/core/kit';
import type { UserSessionStore } from '@sluice/session';
import { ExpiredRows } from './expired-rows';
import type { SessionStatements } from './session-statements';

/** Options of `sqlStore`. */
export interface SqlStoreOptions {
  /** The four statements, for your database. */
  readonly statements: SessionStatements;
  /** Receives the error of a purge that fails. Default: `console`. */
  readonly logger?: Pick<Logger, 'info' | 'error'>;
}

/** Sessions in a table. */
export interface SqlSessionStore extends UserSessionStore {
  /**
   * Deletes expired rows, at most 200, and returns how many it has deleted. New sessions do that as well, once a minute, so
   * a service that has some need not call it.
   */
  purge(): Promise<number>;
}

const DESTROYED_MS = 60_000;
/** A day longer than a session can live. */
const EPOCH_MS = 401 * 24 * 60 * 60 * 1000;

/** The rule of a logger, for stores that take one too. */
export const isLoggerOption = hasMethodsOption('info', 'error');

/**
 * Keeps sessions in any database, for which four statements are written.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example session({ secretKey: process.env.SESSION_SECRET, store: sqlStore({ statements }) })
 */
export function sqlStore(options: SqlStoreOptions): SqlSessionStore {
  checkOptions('sqlStore', options, {
    statements: { required: findStatementsFault },
    logger: isLoggerOption,
  });
  return makeSqlStore(options.statements, options.logger);
}

/** Makes a store of statements that are known to be complete. */
export function makeSqlStore(
  statements: SessionStatements,
  logger: Pick<Logger, 'info' | 'error'> = console,
): SqlSessionStore {
  const expired = new ExpiredRows(statements, logger);
  const epochKeyOf = (userHash: string) => `user:${userHash}`;

  return {
    get: (idHash) => statements.read(idHash),
    set(idHash, data, { ttlSeconds, ifVersion }): MaybePromise<boolean> {
      const version = ifVersion + 1;
      const isWritten = statements.write({ key: idHash, ifVersion, version, data, ttlMs: ttlSeconds * 1000 });
      if (ifVersion === 0) expired.purgeIfDue();
      return isWritten;
    },
    touch(idHash, { ttlSeconds, ifVersion }) {
      if (ifVersion === 0) return false;
      const ttlMs = ttlSeconds * 1000;
      return statements.write({ key: idHash, ifVersion, version: ifVersion, data: undefined, ttlMs });
    },
    destroy: (idHash) => statements.end(idHash, DESTROYED_MS),
    async readEpoch(userHash) {
      return Number((await statements.read(epochKeyOf(userHash)))?.data ?? 0);
    },
    /** An epoch is a time, so that it is later than all before, even after one was forgotten. */
    async raiseEpoch(userHash) {
      const key = epochKeyOf(userHash);
      let isWritten = false;
      while (!isWritten) {
        const { version: ifVersion, data: before } = (await statements.read(key)) ?? {
          version: 0,
          data: '0',
        };
        const data = String(Math.max(Date.now(), Number(before) + 1));
        isWritten = await statements.write({ key, ifVersion, version: ifVersion + 1, data, ttlMs: EPOCH_MS });
      }
    },
    purge: () => expired.purge(),
  };
}

function findStatementsFault(value: unknown): string | undefined {
  const statements = value as Record<string, unknown> | null;
  const missing = ['read', 'write', 'end', 'purge'].filter(
    (name) => typeof statements !== 'object' || typeof statements?.[name] !== 'function',
  );
  return missing.length === 0
    ? undefined
    : `must be the four statements; it has no function ${missing.join(', ')}`;
}
