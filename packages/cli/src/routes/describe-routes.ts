import type { RoutePlan, Step } from '@sluice/core';
import { isTable } from '@sluice/core/kit';

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

/** Values for which JSON has no form become texts. An instance becomes the name of its class: it may hold a connection, or secrets. */
function toPlain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => toJsonValue(one)));
}

function toJsonValue(value: unknown): unknown {
  if (typeof value === 'function') return `[function ${value.name || 'without a name'}]`;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint' || typeof value === 'symbol' || value instanceof RegExp) return String(value);
  if (value instanceof Set || value instanceof Map) return [...(value as Iterable<unknown>)];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isTable(value)) return value;
  const { name } = value.constructor;
  return `[instance of ${name || 'a class without a name'}]`;
}
