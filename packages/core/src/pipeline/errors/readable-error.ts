import { HttpError } from '../../http/status/http-error';
import { toError } from '../../http/to-error';
import { isOwnFault } from './problem-details';

/**
 * Makes an Error of whatever was thrown, for code that must not fail: the error itself; an Error that shows the value if it is
 * not one; another Error without a cause if a getter or a Proxy throws when the value is looked at.
 */
export function toReadableError(thrown: unknown): Error {
  try {
    const error = toError(thrown);
    readParts(error);
    return error;
  } catch {
    return new Error('The thrown value cannot be read: one of its properties, or its Proxy, throws.');
  }
}

function readParts(error: Error): void {
  void `${error.name}: ${error.message}`;
  if (error instanceof HttpError) void [error.type, error.code, error.detail, error.headers, error.errors];
  // Making the text of a stack costs more than all else, so it is read only if it will be used.
  if (!(error instanceof HttpError) || isOwnFault(error.status)) void error.stack;
}
