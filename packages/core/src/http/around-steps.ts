import type { Context } from './context';

/** A step inside a middleware: another middleware, what core does with the body, or the handler with its arguments. */
export interface InnerStep {
  readonly kind: 'middleware' | 'body' | 'form' | 'body-limit' | 'validate' | 'handler';
  readonly name: string;
}

/**
 * Runs around one step in each request. It has to call `run` once and to return its value, a promise or not, or to throw
 * its error: it observes, and answers nothing itself. A returned Error means the same as a thrown one. A middleware, and what
 * core does with the body, run everything inside of them.
 */
export type AroundStep = (context: Context, run: () => unknown) => unknown;
