import type { AbstractClass } from './class';
import type { Context } from './context';

/** What an error handler is for: every error of a class (and its subclasses), or every error of one status. */
export type ErrorFilter = AbstractClass<Error> | number;

/** Turns an error into a reply. Returning undefined leaves it to the default; throwing answers with what was thrown. */
export interface ErrorHandler {
  readonly error: ErrorFilter;
  handle(error: Error, context: Context): unknown;
}

/**
 * Replaces the shape of error bodies for a whole application; what it returns, or promises, is the reply.
 * Status and headers of the error stay unless the reply has others; undefined leaves it to the default.
 */
export type FormatError = (error: Error, context: Context) => unknown;
