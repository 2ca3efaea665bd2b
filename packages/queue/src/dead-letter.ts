import type { Job } from 'bullmq';

/**
 * A job that has failed for good, as the payload of the job that `deadLetter` names.
 *
 * @example @Job('dead-reports') keep(letter: DeadLetter) {}
 */
export class DeadLetter {
  /** The name of the job that failed. */
  readonly job!: string;
  readonly id!: string;
  readonly payload!: unknown;
  /** The message of the last error. */
  readonly error!: string;
  readonly attempts!: number;
  readonly failedAt!: Date;

  /** A Standard Schema, so that the class checks itself. */
  static readonly '~standard' = {
    version: 1 as const,
    vendor: 'DeadLetter',
    validate(value: unknown) {
      const letter = Object(value) as Record<string, unknown>;
      const failedAt = new Date(String(letter['failedAt']));
      const isLetter =
        ['job', 'id', 'error'].every((name) => typeof letter[name] === 'string') &&
        typeof letter['attempts'] === 'number' &&
        !Number.isNaN(failedAt.getTime());
      if (!isLetter) return { issues: [{ message: 'must be a dead letter' }] };
      return { value: Object.assign(new DeadLetter(), value, { failedAt }) };
    },
  };
}

/** Writes the dead letter of a job now, with the id that it has in its own queue. */
export function writeDeadLetter(
  name: string,
  { id = '', data }: Job,
  { message }: Error,
  attempts: number,
): { readonly letter: DeadLetter; readonly jobId: string } {
  const failedAt = new Date();
  // A job that is tried once more by hand may fail again, while Redis still has its first letter.
  const jobId = `${name}.${id.replaceAll(':', '.')}.${failedAt.getTime()}`;
  return { letter: { job: name, id, payload: data as unknown, error: message, attempts, failedAt }, jobId };
}
