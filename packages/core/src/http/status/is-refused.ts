import type { Context } from '../context';
import { REFUSAL } from '../engine-keys';

/** Answers whether the engine refuses the request, so that middleware must not answer it in another way. */
export function isRefused(context: Context): boolean {
  return context.get(REFUSAL) !== undefined;
}
