import type { RoutePlan, Step } from '@sluice/core';

/** A route as plain JSON. docs/cli.md shows it. */
export interface DescribedRoute {
  readonly kind: 'route' | 'fallback';
  readonly method: string;
  readonly path: string;
  readonly host?: string;
  readonly version?: string;
  readonly name: string;
  readonly marks: Readonly<Record<string, unknown>>;
  readonly steps: readonly DescribedStep[];
}

/** A step as plain JSON: its kind and name, and for a middleware where it was given, and its data. */
export type DescribedStep = { readonly kind: Step['kind']; readonly name: string } & Readonly<
  Record<string, unknown>
>;

/** Describes a route without functions, classes and schemas. Pure. */
export function describeRoute({ info, steps }: RoutePlan): DescribedRoute {
  const { kind, method, path, host, version, name, marks } = info;
  return {
    kind,
    method,
    path,
    ...(host !== undefined && { host }),
    ...(version !== undefined && { version }),
    name,
    marks: toPlain(marks) as Record<string, unknown>,
    steps: steps.map(describeStep),
  };
}

function describeStep(step: Step): DescribedStep {
  if (step.kind !== 'middleware') return { kind: step.kind, name: step.name };
  const { run: _, ...data } = step;
  return toPlain(data) as DescribedStep;
}

/** What JSON has no form for becomes a text. */
function toPlain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => {
      if (typeof one === 'function') return `[function ${one.name || 'without a name'}]`;
      if (typeof one === 'bigint' || typeof one === 'symbol' || one instanceof RegExp) return String(one);
      return one;
    }),
  );
}
