import type { Fault } from '../../configuration/configuration-error';
import { BODY_FORMATS, type ParameterRecord } from '../../metadata/records';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';

/** Built-in types that a body can have without rules: `Object` promises nothing, and text is what it is. */
const BODY_TYPES: ReadonlySet<unknown> = new Set([Object, String]);

/** What is wrong with the type of a parameter: one that was given and is undefined, or that a body can not have. */
export function findTypeFault(
  { kind, type: given, format }: ParameterRecord,
  type: unknown,
): Fault | undefined {
  if (kind === 'host' && BUILT_IN_TYPES.has(type) && !BODY_TYPES.has(type)) {
    const fault = `A part of the host is a text, and no ${(type as { readonly name: string }).name}.`;
    return { fault, cure: 'Give the parameter the type string.' };
  }
  if (isTypeless({ kind })) return undefined;
  if (given === null) {
    const fault = 'The type given in the decorator is undefined: two files import one another.';
    return { fault, cure: 'Break the circle between the files.' };
  }
  if (format !== undefined && !BODY_FORMATS.includes(format)) {
    const fault = `There is no body format ${JSON.stringify(format)}.`;
    return { fault, cure: "Write 'json', 'text', 'bytes' or 'form'." };
  }
  if ((kind !== 'body' && kind !== 'form') || format !== undefined) return undefined;
  if (kind === 'body' && type === Array) {
    const fault =
      'Of the type of a list the compiler leaves only Array, so nothing in it would be validated.';
    const cure =
      'Write @Body({ each: Item }) with the class of its items, or @Body(schema); or give the parameter the type unknown, and validate it yourself.';
    return { fault, cure };
  }
  const each = (given as { readonly each?: { readonly name: string } } | undefined)?.each;
  if (BUILT_IN_TYPES.has(each)) {
    const fault = `The body is JSON, and nothing checks that each item is a ${each!.name}.`;
    return { fault, cure: 'Take a class with rules or a Standard Schema for each item.' };
  }
  if (BODY_TYPES.has(type) || !BUILT_IN_TYPES.has(type)) return undefined;
  const { name } = type as { readonly name: string };
  if (kind === 'form') {
    const fault = `A form is an object of its fields, and no ${name}.`;
    return { fault, cure: "Take it as a class with rules, or take one field: @Form('name')." };
  }
  const fault = `The body is JSON, and nothing checks that it is a ${name}.`;
  const cure =
    'Take it inside a class with rules; or give the parameter the type unknown, and check it yourself.';
  return { fault, cure };
}

/** Answers whether the type of the parameter says nothing about how it is read. */
export function isTypeless({ kind }: Pick<ParameterRecord, 'kind'>): boolean {
  return kind === 'context' || kind === 'custom' || kind === 'file' || kind === 'files' || kind === 'host';
}
