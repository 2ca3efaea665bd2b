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
