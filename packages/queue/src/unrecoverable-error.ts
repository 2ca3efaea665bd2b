/**
 * Thrown by a method with `@Job`: another attempt would fail too, so there is none.
 *
 * @example throw new UnrecoverableError('The text has no words.');
 */
export class UnrecoverableError extends Error {
  /** BullMQ knows the error by this name. */
  override readonly name: string = 'UnrecoverableError';
}
