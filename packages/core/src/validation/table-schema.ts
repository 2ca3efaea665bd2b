// A plain table of types (`{ text: 'text', count: 'integer?' }`) as a Standard Schema, which is JSON Schema as well.
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isBooleanOption } from '../configuration/check-options';
import { MOST_ERRORS } from './refused-input';
import { UUID } from './text-types';
import type { FieldWord, SpecValue, ValueSpec } from './value-spec';
import { isFieldWord, listWords, parseValueSpec } from './value-spec';

/** The fields of an object by their types. */
export type FieldTable = Readonly<Record<string, ValueSpec<FieldWord>>>;

/** The object that a table describes. */
export type TableValue<Table> = { readonly [Name in keyof Table]: SpecValue<Table[Name]> };

/** Whether fields that the table does not have are errors, or are removed. */
export type UnknownFields = 'refuse' | 'strip';

interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly default: unknown;
}

interface FieldType {
  readonly code: string;
  /** The end of the sentence "must be …". */
  readonly words: string;
  readonly schema: object;
  accepts(value: unknown): boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';

const TYPES: Readonly<Record<FieldWord, Omit<FieldType, 'code'>>> = {
  text: { words: 'a string', schema: { type: 'string' }, accepts: isText },
  integer: {
    words: 'a whole number',
    schema: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    accepts: Number.isSafeInteger,
  },
  number: { words: 'a number', schema: { type: 'number' }, accepts: Number.isFinite },
  boolean: {
    words: 'true or false',
    schema: { type: 'boolean' },
    accepts: (value) => typeof value === 'boolean',
  },
  uuid: {
    words: 'a UUID',
    schema: { type: 'string', format: 'uuid', pattern: UUID.source },
    accepts: (value) => isText(value) && UUID.test(value),
  },
};

/** Reads a table into its fields; reports what is wrong with each of the others, by its name. */
export function readTable(
  table: object,
  report: (name: string, fault: string, cure: string) => void,
): Field[] {
  return Object.entries(table).flatMap(([name, spec]: [string, unknown]) => {
    const parsed = parseValueSpec(spec);
    if (parsed === undefined || !isFieldWord(parsed.word)) {
      report(
        name,
        'It is not a type that JSON has.',
        `Write ${listWords(isFieldWord)}, with ? or in a list.`,
      );
      return [];
    }
    const { word, isList, required, options } = parsed;
    const { enum: choices, default: written, ...others } = options;
    // A list that may be missing is empty, as one in a query is.
    const fallback = isList && required === false ? (written ?? []) : written;
    for (const key of Object.keys(others))
      report(
        name,
        `There is no option ${JSON.stringify(key)}.`,
        'Known options: type, enum, default, required.',
      );
    if (required !== undefined && isBooleanOption(required) !== undefined)
      report(name, 'required must be true or false.', 'Change required, or leave it out.');
    const type = choices === undefined ? { code: word, ...TYPES[word] } : makeChoice(choices);
    if (choices !== undefined && word !== 'text')
      report(name, `enum has texts, and the type is ${word}.`, "Leave out type, or write a list: ['text'].");
    if (type === undefined) {
      report(name, 'enum must be a list of strings, with at least one.', "Write enum: ['draft', 'final'].");
      return [];
    }
    const field = {
      name,
      type,
      isList,
      isRequired: required !== false && fallback === undefined,
      default: freezeList(fallback),
    };
    if (fallback !== undefined && checkField({ ...field, default: undefined }, fallback).length > 0)
      report(
        name,
        'default does not fit the type.',
        `It must be ${isList ? 'a list of such values' : type.words}.`,
      );
    return [field];
  });
}

/** Every request without the list gets the same one. */
function freezeList(value: unknown): unknown {
  return Array.isArray(value) ? Object.freeze([...(value as readonly unknown[])]) : value;
}

function makeChoice(choices: unknown): FieldType | undefined {
  if (!Array.isArray(choices) || choices.length === 0 || !choices.every(isText)) return undefined;
  const values = new Set<unknown>(choices);
  return {
    code: 'enum',
    words: 'one of the allowed values',
    schema: { type: 'string', enum: [...values] },
    accepts: (value) => values.has(value),
  };
}

/** An issue with a code of its own, which the error of the response repeats. */
interface Issue extends StandardSchemaV1.Issue {
  readonly code: string;
}

/** Makes the schema of an object with these fields. Its JSON Schema accepts the same values. */
export function makeTableSchema(fields: readonly Field[], unknownFields: UnknownFields): StandardSchemaV1 {
  const names = new Set(fields.map(({ name }) => name));
  const validate = (value: unknown): StandardSchemaV1.Result<unknown> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { issues: [makeIssue([], 'object', 'must be an object')] };
    const issues: Issue[] = [];
    if (unknownFields === 'refuse')
      for (const name of Object.keys(value)) {
        if (issues.length === MOST_ERRORS) break;
        if (!names.has(name)) issues.push(makeIssue([name], 'whitelistValidation', 'should not exist'));
      }
    const checked: Record<string, unknown> = {};
    for (const field of fields) {
      const { name } = field;
      const own = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
      const item = own === undefined ? field.default : own;
      issues.push(...checkField(field, item));
      if (item !== undefined) checked[name] = item;
    }
    return issues.length === 0 ? { value: checked } : { issues };
  };
  const describe = () => describeTable(fields, unknownFields);
  const standard = {
    version: 1,
    vendor: 'sluice',
    validate,
    jsonSchema: { input: describe, output: describe },
  } as const;
  return { '~standard': standard };
}

function checkField({ name, type, isList, isRequired }: Field, value: unknown): Issue[] {
  if (value === undefined) return isRequired ? [makeIssue([name], 'required', 'is required')] : [];
  if (!isList) return type.accepts(value) ? [] : [makeIssue([name], type.code, `must be ${type.words}`)];
  if (!Array.isArray(value)) return [makeIssue([name], 'array', 'must be a list')];
  const issues: Issue[] = [];
  for (const [index, item] of value.entries()) {
    if (issues.length === MOST_ERRORS) break;
    if (!type.accepts(item)) issues.push(makeIssue([name, index], type.code, `must be ${type.words}`));
  }
  return issues;
}

function makeIssue(path: readonly PropertyKey[], code: string, message: string): Issue {
  return { path, code, message };
}

function describeTable(fields: readonly Field[], unknownFields: UnknownFields): Record<string, unknown> {
  const properties = fields.map(({ name, type, isList, default: fallback }): [string, object] => [
    name,
    {
      ...(isList ? { type: 'array', items: type.schema } : type.schema),
      ...(fallback !== undefined && { default: fallback }),
    },
  ]);
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    ...(unknownFields === 'refuse' && { additionalProperties: false }),
  };
}
