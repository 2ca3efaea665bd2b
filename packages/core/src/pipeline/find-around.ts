import type { AroundStep } from '../http/middleware';
import type { Step } from '../plan/steps';

/** A step that another one can run around. */
type Inner = Exclude<Step, { readonly kind: 'status' | 'header' | 'returns' | 'events' }>;

/**
 * Finds what the middleware outside of a step runs around it, as one function; undefined if there is nothing, which most
 * routes have. Throws ConfigurationError.
 */
export function findAround(
  steps: readonly Step[],
  { kind, name }: Inner,
  index: number,
): AroundStep | undefined {
  let around: AroundStep | undefined;
  for (const outer of steps.slice(0, index).reverse()) {
    const made = outer.kind === 'middleware' ? outer.around?.({ kind, name }) : undefined;
    if (made !== undefined) around = around === undefined ? made : nest(made, around);
  }
  return around;
}

function nest(outer: AroundStep, inner: AroundStep): AroundStep {
  return (context, run) => outer(context, () => inner(context, run));
}
