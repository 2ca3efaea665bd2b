import type { Libraries } from './libraries';

/**
 * Thrown by a method with `@Job`: another attempt would fail too, so there is none. A class that extends it may have a
 * name of its own.
 *
 * @example throw new UnrecoverableError('The text has no words.');
 */
export class UnrecoverableError extends Error {
  override readonly name: string = 'UnrecoverableError';
}

type Bull = Libraries['bullmq'];

/** Returns whether no other attempt may follow. BullMQ has such a class too, and knows its errors by their name. */
export function isFinal(error: Error, { UnrecoverableError: OfBull }: Bull): boolean {
  return error instanceof UnrecoverableError || error instanceof OfBull || error.name === OfBull.name;
}

/** Makes the error with which BullMQ tries no more. It keeps the message and the stack in Redis. */
export function toFinal({ message, stack = message }: Error, { UnrecoverableError: OfBull }: Bull): Error {
  return Object.assign(new OfBull(message), { stack });
}

/** The names of errors that say to BullMQ that a job was moved elsewhere, and has not failed. */
const MOVES: ReadonlySet<string> = new Set(['DelayedError', 'WaitingError', 'WaitingChildrenError']);

/** Makes the error with which BullMQ may try again: an error of a user can have the name of a move by chance. */
export function toFailure(error: Error): Error {
  if (!MOVES.has(error.name)) return error;
  return Object.assign(new Error(error.message, { cause: error }), { stack: error.stack });
}
