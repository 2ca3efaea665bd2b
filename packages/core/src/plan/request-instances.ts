import type { Context } from '../http/context';
import { contextKey } from '../http/context-key';
import { findDispose } from '../http/dispose';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { Token } from '../metadata/records';

const INSTANCES = contextKey<Map<Token, MaybePromise<unknown>>>('instances of the request');
const DISPOSALS = contextKey<(() => unknown)[]>('disposals of the request');

/** What was made for the token in this request, made now where nothing was. It is disposed of after the reply. */
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

/** What was made last is disposed of first. */
function noteDisposal(context: Context, value: unknown): unknown {
  const dispose = findDispose(value);
  if (dispose === undefined) return value;
  const disposals = context.get(DISPOSALS);
  if (disposals !== undefined) disposals.unshift(dispose);
  else {
    const all = [dispose];
    context.set(DISPOSALS, all);
    context.background(() => disposeAll(all));
  }
  return value;
}

/** One that fails does not keep the others from ending. */
async function disposeAll(disposals: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const dispose of disposals) {
    try {
      await dispose();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
}
