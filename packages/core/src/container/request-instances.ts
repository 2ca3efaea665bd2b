import type { Context } from '../http/context';
import { contextKey } from '../http/context-key';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { Token } from '../metadata/token';
import { findDispose } from './find-dispose';

const INSTANCES = contextKey<Map<Token, MaybePromise<unknown>>>('instances of the request');

/** Returns the instance of a token in this request, and makes it if there is none. It is disposed of after the reply. */
export function findInRequest(
  context: Context,
  token: Token,
  make: () => MaybePromise<unknown>,
): MaybePromise<unknown> {
  let instances = context.get(INSTANCES);
  if (instances === undefined) context.set(INSTANCES, (instances = new Map()));
  if (instances.has(token)) return instances.get(token);
  const made = make();
  if (isPromise(made)) {
    const noted = made.then((value) => noteDisposal(context, value));
    instances.set(token, noted);
    return noted;
  }
  instances.set(token, made);
  return noteDisposal(context, made);
}

/** Disposes of the value after the reply and its background tasks; the last one made is the first to go. */
function noteDisposal(context: Context, value: unknown): unknown {
  const dispose = findDispose(value);
  if (dispose !== undefined) context.onCleanup(dispose);
  return value;
}
