import { findSchemaNames } from '../../validation/find-schema-names';
import { isStandardSchema } from '../../validation/standard-schema';
import type { TextProperty } from '../../validation/text-types';
import type { ArgumentPlan, PartPlan } from '../arguments';
import type { BodyDefinition } from '../route-definition';

/**
 * Adds to each class or schema that takes a whole query the names that other parameters take, so that it does not refuse
 * them.
 */
export function noteTakenNames(values: readonly ArgumentPlan[]): readonly ArgumentPlan[] {
  return values.map((one) => {
    const { kind, whole } = one;
    if (kind !== 'query' || whole === undefined) return one;
    const others = values.filter((other) => other !== one && other.kind === kind);
    const properties = addTaken(whole, others);
    return properties === undefined ? one : { ...one, whole: Object.freeze({ ...whole, properties }) };
  });
}

/** The same for the class or schema that takes a whole form. */
export function noteTakenFields(body: BodyDefinition, values: readonly ArgumentPlan[]): BodyDefinition {
  const fields = values.filter(({ kind }) => kind === 'field');
  return { ...body, properties: addTaken(body, fields) };
}

function listNames({ name, brackets, whole }: ArgumentPlan): readonly string[] {
  if (whole !== undefined) return listWholeNames(whole);
  return brackets ? [name, `${name}[]`] : [name];
}

function listWholeNames({ type, properties }: PartPlan): readonly string[] {
  if (isStandardSchema(type)) return findSchemaNames(type)?.names ?? [];
  return (properties ?? []).map(({ name }) => name);
}

/** Returns the properties with the names that only the other parameters take; undefined for a schema that refuses none. */
function addTaken(
  { type, properties }: { readonly type: unknown; readonly properties?: PartPlan['properties'] },
  others: readonly ArgumentPlan[],
): readonly TextProperty[] | undefined {
  if (others.length === 0) return properties;
  const known = properties?.map(({ key }) => key) ?? findClosedNames(type);
  if (known === undefined) return undefined;
  const taken = [...new Set(others.flatMap(listNames))].filter((name) => !known.includes(name));
  if (taken.length === 0) return properties;
  return Object.freeze([
    ...(properties ?? []),
    ...taken.map((name) => Object.freeze({ key: name, name, isTaken: true as const })),
  ]);
}

function findClosedNames(type: unknown): readonly string[] | undefined {
  const found = isStandardSchema(type) ? findSchemaNames(type) : undefined;
  return found?.isClosed ? found.names : undefined;
}
