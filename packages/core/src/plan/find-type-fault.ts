import { BODY_FORMATS, type ParameterRecord } from '../metadata/records';
import { BUILT_IN_TYPES } from './built-in-types';

/** What text can be made into; `Object` is what the compiler emits for `unknown` and unions. */
const TEXT_TYPES: ReadonlySet<unknown> = new Set([undefined, Object, String, Number, Boolean, BigInt]);

/** Built-in types that a body can have without rules: `Object` promises nothing, and text is what it is. */
const BODY_TYPES: ReadonlySet<unknown> = new Set([Object, String]);

/** What is wrong with the type of a parameter: one that was given and is undefined, or that text can not become. */
export function findTypeFault(
  { kind, name, type: given, format }: ParameterRecord,
  type: unknown,
): { fault: string; cure: string } | undefined {
  if (isTypeless({ kind })) return undefined;
  if (given === null) {
    const fault = 'The type given in the decorator is undefined: two files import one another.';
    return { fault, cure: 'Break the circle between the files.' };
  }
  if (format !== undefined && !BODY_FORMATS.includes(format)) {
    const fault = `There is no body format ${JSON.stringify(format)}.`;
    return { fault, cure: "Write 'json', 'text', 'bytes' or 'form'." };
  }
  if (kind === 'body' && format === undefined && type === Array) {
    const fault =
      'Of the type of a list the compiler leaves only Array, so nothing in it would be validated.';
    const cure =
      'Take the list inside a class, with @ValidateNested({ each: true }) and @Type; or give the parameter the type unknown, and validate it yourself.';
    return { fault, cure };
  }
  if (kind === 'form' && !BODY_TYPES.has(type) && BUILT_IN_TYPES.has(type)) {
    const fault = `A form is an object of its fields, and no ${nameType(type)}.`;
    return { fault, cure: "Take it as a class with rules, or take one field: @Form('name')." };
  }
  if (kind === 'body' && format === undefined && !BODY_TYPES.has(type) && BUILT_IN_TYPES.has(type)) {
    const fault = `The body is JSON, and nothing checks that it is a ${nameType(type)}.`;
    const cure =
      'Take it inside a class with rules; or give the parameter the type unknown, and check it yourself.';
    return { fault, cure };
  }
  if (kind === 'body' || kind === 'form' || TEXT_TYPES.has(type)) return undefined;
  if ((kind === 'query' || kind === 'field') && type === Array) return undefined;
  const fault = `The ${kind} '${name}' is text, and text is not made into ${nameType(type)}.`;
  const cure =
    'Take a string, number, boolean or bigint (of a query also a list), or write a createParameterDecorator.';
  return { fault, cure };
}

/** Answers whether the type of the parameter says nothing about how it is read. */
export function isTypeless({ kind }: Pick<ParameterRecord, 'kind'>): boolean {
  return kind === 'context' || kind === 'custom' || kind === 'file' || kind === 'files';
}

function nameType(type: unknown): string {
  return typeof type === 'function' ? type.name : typeof type;
}
