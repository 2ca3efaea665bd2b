import { inspect } from 'node:util';
import { CliError } from './cli-error';

/** Describes what a command failed with. An error in the user's code comes with its place and its cause. */
export function describeError(error: unknown): string {
  if (error instanceof CliError) return `${error.message}\n${error.cure}`;
  if (typeof error === 'string') return error;
  return isExplained(error) ? `${error.name}: ${error.message}` : inspect(error);
}

/** Whether the message says where the mistake is, so that a stack would hide it. */
export function isExplained(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  // That of the compiler begins with file, line and column.
  return (
    error.name === 'ConfigurationError' || (error.name === 'SyntaxError' && /:\d+:\d+: /.test(error.message))
  );
}

/** Describes an error in a line. That of several connections that failed has no message of its own. */
export function summariseError(error: unknown): string {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map(summariseError).join('; ');
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : inspect(error);
}
