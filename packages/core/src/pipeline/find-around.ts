import type { AroundStep, InnerStep } from '../http/middleware';
import type { Step } from '../plan/steps';

/** A step that another one can run around. */
type Inner = Exclude<Step, { readonly kind: 'status' | 'header' | 'returns' | 'events' }>;

/**
 * Finds what the middleware outside of a step runs around it, as one function; undefined if there is nothing, which most
 * routes have. Throws ConfigurationError.
 */
export function findAround(steps: readonly Step[], step: Inner, index: number): AroundStep | undefined {
  let around: AroundStep | undefined;
  const inner = describe(step);
  for (const outer of steps.slice(0, index).reverse()) {
    const made = outer.kind === 'middleware' ? outer.around?.(inner) : undefined;
    if (made !== undefined) around = around === undefined ? made : nest(made, around);
  }
  return around;
}

function describe(step: Inner): InnerStep {
  const { kind, name } = step;
  const mayLeave = step.kind === 'middleware' && step.leavesInner === true;
  return mayLeave ? { kind, name, leavesInner: true } : { kind, name };
}

function nest(outer: AroundStep, inner: AroundStep): AroundStep {
  return (context, run) => outer(context, () => inner(context, run));
}
