import type { Context } from './context';

/** What an error handler is for: every error of a class (and its subclasses), or every error of one status. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any constructor signature is an error class
export type ErrorFilter = (abstract new (...values: any[]) => Error) | number;

/** Turns an error into a reply. Returning undefined leaves it to the default; throwing answers with what was thrown. */
export interface ErrorHandler {
  readonly error: ErrorFilter;
  handle(error: Error, context: Context): unknown;
}
