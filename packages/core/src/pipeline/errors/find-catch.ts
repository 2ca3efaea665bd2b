import { HttpError } from '../../http/status/http-error';
import type { CatchPlan } from '../../plan/plan';

const SCOPES = ['method', 'controller', 'application'] as const;

/**
 * Finds the handler for an error. The nearest scope wins; within a scope a status wins over a class, and a
 * derived class over its bases. An error that is not an HttpError has no status of its own, so there a class wins over 500.
 */
export function findCatch(catches: readonly CatchPlan[], error: Error): CatchPlan | undefined {
  if (catches.length === 0) return undefined;
  for (const scope of SCOPES) {
    const fitting = catches.filter((candidate) => candidate.scope === scope && fits(candidate, error));
    const byStatus = fitting.find(({ error: filter }) => typeof filter === 'number');
    const byClass = findMostDerived(fitting.filter(({ error: filter }) => typeof filter !== 'number'));
    const best = error instanceof HttpError ? (byStatus ?? byClass) : (byClass ?? byStatus);
    if (best !== undefined) return best;
  }
  return undefined;
}

function fits({ error: filter }: CatchPlan, error: Error): boolean {
  if (typeof filter === 'number') return (error instanceof HttpError ? error.status : 500) === filter;
  return error instanceof filter;
}

/** Finds the handler whose class is the most derived; the first one written wins a tie. */
function findMostDerived(fitting: readonly CatchPlan[]): CatchPlan | undefined {
  return fitting.reduce<CatchPlan | undefined>(
    (best, one) => (best === undefined || countAncestors(one) > countAncestors(best) ? one : best),
    undefined,
  );
}

function countAncestors({ error: filter }: CatchPlan): number {
  let steps = 0;
  for (let type: unknown = filter; typeof type === 'function'; type = Object.getPrototypeOf(type)) steps++;
  return steps;
}
