import { explainGiven } from '../../../configuration/given-value';
import type { ConfigurationCode } from '../../../configuration/configuration-codes';
import type { Problems } from '../../../configuration/problems';
import type { Class } from '../../../http/class';
import { BUILT_IN_TYPES } from '../../../metadata/built-in-types';
import { isStandardSchema, type StandardSchema } from '../../../validation/standard-schema';
import { makeTableSchema, readTable, type UnknownFields } from '../../../validation/table-schema';
import { isTable } from './is-table';

/** The type of an object, or of a list of such objects. */
export interface ReadObjectSpec {
  readonly type: Class | StandardSchema;
  readonly isList: boolean;
}

/** Reads a class, a schema or a plain table of types, which becomes a schema; undefined where it is none of them. */
export function readObjectSpec(
  spec: unknown,
  unknownFields: UnknownFields,
  report: (fault: string, cure: string, field?: string) => void,
): ReadObjectSpec | undefined {
  const isList = Array.isArray(spec) && spec.length === 1;
  const one: unknown = isList ? (spec as readonly unknown[])[0] : spec;
  if (isStandardSchema(one)) return { type: one, isList };
  if (typeof one === 'function' && !BUILT_IN_TYPES.has(one)) return { type: one as Class, isList };
  if (isTable(one)) {
    const fields = readTable(one, (name, fault, cure) => report(fault, cure, name));
    return { type: makeTableSchema(fields, unknownFields) as StandardSchema, isList };
  }
  const cure = "Write a class with rules, a Standard Schema, or a table of types: { text: 'text' }.";
  report(
    'It is neither a class with rules, a Standard Schema nor a table of types.',
    explainGiven(cure, one),
  );
  return undefined;
}

/** Makes the function that reports what is wrong with an object spec, and with one of its fields. */
export function reportAt(code: ConfigurationCode, place: string, problems: Problems) {
  return (fault: string, cure: string, field?: string): void =>
    problems.add(code, field === undefined ? place : `${place}.${field}`, fault, cure);
}
