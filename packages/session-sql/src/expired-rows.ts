import type { Logger } from '@sluice/core';
import type { SessionStatements } from './session-statements';

/** The most rows that one run deletes, so that it holds neither the loop nor other writers up. */
const MOST_AT_ONCE = 200;
const INTERVAL_MS = 60_000;

/**
 * Deletes expired rows, which cannot be read anyway. A new session pays for it, so no timer keeps the process
 * alive, and the table shrinks faster than it grows.
 */
export class ExpiredRows {
  /** By `performance.now()`. */
  private dueAt = 0;
  private isRunning = false;

  constructor(
    private readonly statements: Pick<SessionStatements, 'purge'>,
    private readonly logger: Pick<Logger, 'error'>,
  ) {}

  /** A run that deletes as many as it may is followed by the next one at once; other runs wait for a minute. */
  async purge(): Promise<number> {
    this.isRunning = true;
    this.dueAt = performance.now() + INTERVAL_MS;
    try {
      const deleted = await this.statements.purge(MOST_AT_ONCE);
      if (deleted >= MOST_AT_ONCE) this.dueAt = 0;
      return deleted;
    } finally {
      this.isRunning = false;
    }
  }

  purgeIfDue(): void {
    if (this.isRunning || performance.now() < this.dueAt) return;
    this.purge().catch((error: unknown) => {
      this.logger.error(error, 'Expired sessions could not be deleted.');
    });
  }
}
