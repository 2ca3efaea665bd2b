import type { Logger } from '@sluice/core';

/** Logs once that Redis cannot be reached, however many attempts and commands fail, and once that it can be again. */
export class Outage {
  private begun: string | undefined;
  private logger: Pick<Logger, 'info' | 'warn'> | undefined;

  constructor(private readonly place: string) {}

  get isOn(): boolean {
    return this.begun !== undefined;
  }

  /** Gives it the logger of the application, which it has when that starts. */
  logTo(logger: Pick<Logger, 'info' | 'warn'>): void {
    this.logger = logger;
    if (this.begun !== undefined) this.warn(this.begun);
  }

  begin(error: unknown): void {
    if (this.begun !== undefined) return;
    this.begun = describeReason(error);
    this.warn(this.begun);
  }

  end(): void {
    if (this.begun === undefined) return;
    this.begun = undefined;
    this.logger?.info(`The queue reaches Redis at ${this.place} again.`);
  }

  private warn(reason: string): void {
    this.logger?.warn(
      `The queue cannot reach Redis at ${this.place} (${reason}). Until it is back, no job is added and none begins.`,
    );
  }
}

/** Errors that say that Redis is away: of the system, of ioredis and of BullMQ. */
export function isOutage(error: unknown): boolean {
  const { code, message = '' } = error as Partial<NodeJS.ErrnoException>;
  return (typeof code === 'string' && SYSTEM_CODES.has(code)) || AWAY.test(message);
}

const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

const AWAY =
  /Connection is closed|Command timed out|Stream isn't writeable|Reached the max retries|connect ETIMEDOUT|did not answer/;

const UNCONNECTED = /Connection is closed|Stream isn't writeable|Reached the max retries/;

function describeReason(error: unknown): string {
  const { code, message = String(error) } = error as Partial<NodeJS.ErrnoException>;
  return code ?? (UNCONNECTED.test(message) ? 'the connection is closed' : message);
}
