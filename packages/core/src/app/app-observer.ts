import type { Plan } from '../plan/plan';

/** Global, so that a tool observes the applications of another copy of this package too. */
const OBSERVER = Symbol.for('sluice:app-observer');

/** Gets an application before it listens. If it returns true, the application does not listen, and `listen` never resolves. */
export type AppObserver = (app: { readonly plan: Plan }) => boolean;

const kept = globalThis as typeof globalThis & { [OBSERVER]?: AppObserver };

/**
 * For tools that look at a program: the observer gets each of its applications, and `serve` runs one process.
 *
 * @returns a function that ends it
 */
export function observeApps(observer: AppObserver): () => void {
  kept[OBSERVER] = observer;
  return () => void delete kept[OBSERVER];
}

export function isObserved(): boolean {
  return kept[OBSERVER] !== undefined;
}

/** Shows an application to the observer, if there is one. Returns whether it keeps the application, which then must not listen. */
export function showToObserver(app: { readonly plan: Plan }): boolean {
  return kept[OBSERVER]?.(app) ?? false;
}
