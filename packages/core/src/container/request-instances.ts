import type { Context } from '../http/context';
import { contextKey } from '../http/context-key';
import type { Token } from '../http/token';
import { findDispose } from './find-dispose';
import { Pending } from './pending';

const INSTANCES = contextKey<Map<Token, unknown>>('instances of the request');

/** Returns the instance of a token in this request, which may be Pending, and makes it if there is none. It is disposed of after the reply. */
export function findInRequest(context: Context, token: Token, make: () => unknown): unknown {
  let instances = context.get(INSTANCES);
  if (instances === undefined) context.set(INSTANCES, (instances = new Map()));
  if (instances.has(token)) return instances.get(token);
  const made = make();
  const note = (value: unknown): unknown => noteDisposal(context, value);
  const noted = made instanceof Pending ? made.map(note) : note(made);
  instances.set(token, noted);
  return noted;
}

/** Disposes of the value after the reply and its background tasks; the last one made is the first to go. */
function noteDisposal(context: Context, value: unknown): unknown {
  const dispose = findDispose(value);
  if (dispose !== undefined) context.onCleanup(dispose);
  return value;
}
