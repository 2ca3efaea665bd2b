import type { TextProperty } from '../../validation/text-types';
import type { ArgumentPlan } from '../arguments';
import type { BodyDefinition } from '../route-definition';

/** Adds to the class that takes a whole query the names that other parameters take, so that it does not refuse them. */
export function noteTakenNames(values: readonly ArgumentPlan[]): readonly ArgumentPlan[] {
  return values.map((one) => {
    const { kind, whole } = one;
    if (kind !== 'query' || whole?.properties === undefined) return one;
    const others = values.filter((other) => other !== one && other.kind === kind);
    const properties = addTaken(whole.properties, others.flatMap(listNames));
    return { ...one, whole: Object.freeze({ ...whole, properties }) };
  });
}

/** The same for the class that takes a whole form. */
export function noteTakenFields(body: BodyDefinition, values: readonly ArgumentPlan[]): BodyDefinition {
  if (body.properties === undefined) return body;
  const fields = values.filter(({ kind }) => kind === 'field');
  return { ...body, properties: addTaken(body.properties, fields.flatMap(listNames)) };
}

function listNames({ name, brackets, whole }: ArgumentPlan): readonly string[] {
  if (whole !== undefined) return (whole.properties ?? []).map((property) => property.name);
  return brackets ? [name, `${name}[]`] : [name];
}

function addTaken(properties: readonly TextProperty[], names: readonly string[]): readonly TextProperty[] {
  const known = new Set(properties.map(({ key }) => key));
  const taken = [...new Set(names)].filter((name) => !known.has(name));
  return Object.freeze([
    ...properties,
    ...taken.map((name) => Object.freeze({ key: name, name, isTaken: true as const })),
  ]);
}
