/** The characters of a thrown value that a message shows. */
const MOST_CHARACTERS = 1000;

/**
 * The error itself; for any other value an Error whose message shows it, because loggers such as pino print neither the
 * cause of an error that is not one, nor a text before their message. Throws what the value throws when it is looked at.
 */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const message = `A value of type ${typeof thrown} was thrown instead of an Error: ${show(thrown)}`;
  return new Error(message, { cause: thrown });
}

function show(thrown: unknown): string {
  const { inspect } = require('node:util') as typeof import('node:util');
  const text = inspect(thrown, { breakLength: Infinity, maxStringLength: MOST_CHARACTERS });
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
