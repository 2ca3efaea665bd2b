import type { CatchPlan } from './plan';

export function freezeCatches(catches: readonly CatchPlan[]): readonly CatchPlan[] {
  return Object.freeze(catches.map((one) => Object.freeze({ ...one })));
}
