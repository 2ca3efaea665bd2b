import { HttpError } from '../../http/status/http-error';
import type { CatchPlan } from '../../plan/plan';

const SCOPES = ['method', 'controller', 'application'] as const;

/**
 * The handler for an error: the nearest scope first; there a status before a class, and the most derived class.
 * An error that is no HttpError has no status of its own: a class comes first, then the handler for 500.
 */
export function findCatch(catches: readonly CatchPlan[], error: Error): CatchPlan | undefined {
  if (catches.length === 0) return undefined;
  for (const scope of SCOPES) {
    const fitting = catches.filter((candidate) => candidate.scope === scope && fits(candidate, error));
    const byStatus = fitting.find(({ error: filter }) => typeof filter === 'number');
    const byClass = mostDerived(fitting.filter(({ error: filter }) => typeof filter !== 'number'));
    const best = error instanceof HttpError ? (byStatus ?? byClass) : (byClass ?? byStatus);
    if (best !== undefined) return best;
  }
  return undefined;
}

function fits({ error: filter }: CatchPlan, error: Error): boolean {
  if (typeof filter === 'number') return (error instanceof HttpError ? error.status : 500) === filter;
  return error instanceof filter;
}

/** Among handlers that all fit: the one whose class is furthest down; the first written wins a tie. */
function mostDerived(fitting: readonly CatchPlan[]): CatchPlan | undefined {
  return fitting.reduce<CatchPlan | undefined>(
    (best, one) => (best === undefined || depth(one) > depth(best) ? one : best),
    undefined,
  );
}

function depth({ error: filter }: CatchPlan): number {
  let steps = 0;
  for (let type: unknown = filter; typeof type === 'function'; type = Object.getPrototypeOf(type)) steps++;
  return steps;
}
