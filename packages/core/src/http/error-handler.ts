import type { AbstractClass } from './class';
import type { Context } from './context';

/** Selects the errors of an error handler: all of a class and its subclasses, or all of one status. */
export type ErrorFilter = AbstractClass<Error> | number;

/** Turns an error into a reply. If `handle` returns undefined, the default answers. If it throws, that error is answered. */
export interface ErrorHandler {
  readonly error: ErrorFilter;
  handle(error: Error, context: Context): unknown;
}

/**
 * Replaces the shape of error bodies for a whole application. The value that it returns or promises is the reply, which
 * keeps the status and headers of the error unless it has its own. Undefined leaves the error to the default.
 */
export interface FormatError {
  (error: Error, context: Context): unknown;
  /** The JSON Schema of the bodies that it returns, for documents of the API. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** Their media type. Default: `application/json`. */
  readonly mediaType?: string;
}
