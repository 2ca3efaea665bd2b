import type { CustomParameter } from '../../../http/custom-parameter';
import { nameValue } from '../../../configuration/given-value';
import type { Problems } from '../../../configuration/problems';
import { bindData } from '../../../metadata/decorators/create-parameter-decorator';
import type { RouteSpec } from '../../../metadata/plain/route-spec';
import type { ParameterRecord } from '../../../metadata/records';
import { mayHaveBody } from '../../../routing/http-method';
import { listWords, parseValueSpec, type ValueWord } from '../../../validation/value-spec';
import { formatHeaderName } from '../format-header-name';
import { isTable } from './is-table';
import { readObjectSpec, reportAt } from './read-object-spec';

/** The values of a route without a class: the records that parameter decorators would have written, with their names. */
export interface SpecRecords {
  readonly records: readonly ParameterRecord[];
  /** The names of the values in the object that the handler receives. */
  readonly names: readonly string[];
  /** The places in the spec, for messages: `query.limit`. */
  readonly spots: readonly string[];
}

/** A route, as far as its values are concerned. */
export interface WrittenValues {
  readonly place: string;
  readonly method: string;
  /** The names of the parameters of the whole path. */
  readonly pathNames: readonly string[];
  readonly spec: RouteSpec;
}

type Part = 'params' | 'query' | 'headers' | 'cookies' | 'custom';
type NamedRecord = Omit<ParameterRecord, 'index'> & { readonly key: string; readonly spot: string };

/** Reads the values that a spec names, in the order of the parts; the context is the last. */
export function readSpecRecords(written: WrittenValues, problems: Problems): SpecRecords {
  const found = [
    ...readParams(written, problems),
    ...readTexts('query', 'query', written, problems),
    ...readTexts('headers', 'header', written, problems),
    ...readTexts('cookies', 'cookie', written, problems),
    ...readBody(written, problems),
    ...readCustom(written, problems),
  ];
  for (const [index, { key, spot }] of found.entries()) {
    const first = found.findIndex((one) => one.key === key);
    if (first !== index)
      problems.add(
        'PARAMETER_TWICE',
        written.place,
        describeClash(key, found[first]!.spot, spot),
        CLASH_CURE,
      );
  }
  const records = found.map(({ key: _, spot: __, ...record }, index) => ({ ...record, index }));
  const context = { kind: 'context', name: 'context', index: records.length } as const;
  return {
    records: [...records, context],
    names: found.map(({ key }) => key),
    spots: found.map(({ spot }) => spot),
  };
}

/** A parameter of the path that the spec does not describe is text. */
function readParams({ pathNames, ...written }: WrittenValues, problems: Problems): NamedRecord[] {
  const table = readPart('params', { pathNames, ...written }, problems);
  for (const name of Object.keys(table).filter((one) => !pathNames.includes(one))) {
    const only = pathNames.length === 0 ? '' : `, only ${pathNames.map(write).join(', ')}`;
    const fault = `The path has no ${write(name)}${only}.`;
    const cure = `${name === '*' ? 'End the path with /*' : `Add :${name} to the path`}, or change the name in params.`;
    problems.add('PARAM_NOT_IN_PATH', `${written.place}, params.${name}`, fault, cure);
  }
  return pathNames.flatMap((name) => {
    const spec = Object.hasOwn(table, name) ? table[name] : 'text';
    return readText({ kind: 'param', part: 'params', key: name, name }, spec, written.place, problems);
  });
}

function write(name: string): string {
  return name === '*' ? '*' : `:${name}`;
}

function readTexts(
  part: Part,
  kind: 'query' | 'header' | 'cookie',
  written: WrittenValues,
  problems: Problems,
): NamedRecord[] {
  return Object.entries(readPart(part, written, problems)).flatMap(([key, spec]) => {
    const name = kind === 'header' ? formatHeaderName(key) : key;
    return readText({ kind, part, key, name }, spec, written.place, problems);
  });
}

function readPart(
  part: Part,
  { place, spec }: WrittenValues,
  problems: Problems,
): Readonly<Record<string, unknown>> {
  const table: unknown = spec[part];
  if (table === undefined) return {};
  if (isTable(table)) return table;
  const fault = `${nameValue(table)} is not a table of types.`;
  problems.add('PARAMETER_TYPE_UNKNOWN', `${place}, ${part}`, fault, `Write ${part}: { name: 'text' }.`);
  return {};
}

interface NamedText extends Pick<NamedRecord, 'kind' | 'name' | 'key'> {
  readonly part: Part;
}

function readText(
  { kind, part, key, name }: NamedText,
  spec: unknown,
  place: string,
  problems: Problems,
): NamedRecord[] {
  const spot = `${part}.${key}`;
  const parsed = parseValueSpec(spec);
  const isAlwaysThere = kind === 'param';
  if (parsed === undefined || (isAlwaysThere && parsed.required === false)) {
    const cure = `Write ${listWords()}${isAlwaysThere ? '' : ", or such a word with ?, as in 'text?'"}, or { enum: ['a', 'b'] }.`;
    problems.add('PARAMETER_TYPE_UNKNOWN', `${place}, ${spot}`, describeType(spec), cure);
    return [];
  }
  const { word, isList, required, options } = parsed;
  const type = TYPES[word];
  const isNeeded = required ?? (options['default'] === undefined && !isList);
  const more = isAlwaysThere && required === undefined ? {} : { required: isNeeded as boolean };
  return [{ kind, name, key, spot, type: isList ? [type] : type, options: { ...options, ...more } }];
}

const TYPES: Readonly<Record<ValueWord, unknown>> = {
  text: String,
  integer: 'integer',
  number: Number,
  boolean: Boolean,
  uuid: 'uuid',
  bigint: BigInt,
  date: Date,
};

function describeType(spec: unknown): string {
  if (typeof spec === 'string') return `There is no type ${JSON.stringify(spec)} for it.`;
  return `${nameValue(spec)} does not name the type of a text.`;
}

function readBody({ place, method, spec }: WrittenValues, problems: Problems): NamedRecord[] {
  if (!Object.hasOwn(spec, 'body')) return [];
  const { body } = spec;
  const here = `${place}, body`;
  if (!mayHaveBody(method)) {
    const fault = `A body has no meaning in a ${method} request (RFC 9110 §9.3.1).`;
    problems.add(
      'BODY_ON_GET',
      here,
      fault,
      'Use r.post or another method, or read the query: query: { … }.',
    );
    return [];
  }
  const record = { kind: 'body', name: 'body', key: 'body', spot: 'body' } as const;
  if (body === 'text' || body === 'bytes') return [{ ...record, format: body }];
  const found = readObjectSpec(body, 'refuse', reportAt('PARAMETER_TYPE_UNKNOWN', here, problems));
  if (found === undefined) return [];
  const { type, isList } = found;
  return [{ ...record, type: isList ? Object.freeze({ each: type }) : type }];
}

function readCustom(written: WrittenValues, problems: Problems): NamedRecord[] {
  return Object.entries(readPart('custom', written, problems)).flatMap(([key, parameter]) => {
    const spot = `custom.${key}`;
    if (isCustomParameter(parameter)) {
      const read = bindData(parameter, undefined);
      return [{ kind: 'custom' as const, name: parameter.parameterName, key, spot, read }];
    }
    const fault = `${nameValue(parameter)} is not a parameter decorator of your own.`;
    const cure = 'Write what createParameterDecorator returned, without parentheses.';
    problems.add('PARAMETER_TYPE_UNKNOWN', `${written.place}, ${spot}`, fault, cure);
    return [];
  });
}

function isCustomParameter(value: unknown): value is CustomParameter<unknown, undefined> {
  return typeof value === 'function' && 'parameterName' in value && 'read' in value;
}

function describeClash(key: string, first: string, second: string): string {
  return `${first} and ${second} both give the handler a value with the name ${JSON.stringify(key)}.`;
}

const CLASH_CURE =
  "Rename one of them, or leave it out and read it from the context, as in context.request.query.get('name').";
