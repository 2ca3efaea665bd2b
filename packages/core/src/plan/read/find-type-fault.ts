import type { Fault } from '../../configuration/configuration-error';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import { BODY_FORMATS, type ParameterRecord } from '../../metadata/records';

/** Built-in types that a body may have without rules: `Object` promises nothing, and text needs no check. */
const BODY_TYPES: ReadonlySet<unknown> = new Set([Object, String]);

/** Finds what is wrong with the type of a parameter; undefined where nothing is. */
export function findTypeFault(record: ParameterRecord, type: unknown): Fault | undefined {
  const { kind, type: given, format } = record;
  if (kind === 'host' && isUncheckedType(type)) {
    const fault = `A part of the host is a string and cannot be read as ${type.name}.`;
    return { fault, cure: 'Give the parameter the type string.' };
  }
  if (isTypeless(record)) return undefined;
  if (given === null) {
    const fault = 'The type in the decorator is undefined, because two files import each other.';
    return { fault, cure: 'Remove the circular import.' };
  }
  if (format !== undefined && !BODY_FORMATS.includes(format)) {
    const fault = `There is no body format ${JSON.stringify(format)}.`;
    return { fault, cure: "Write 'json', 'text', 'bytes' or 'form'." };
  }
  if ((kind !== 'body' && kind !== 'form') || format !== undefined) return undefined;
  return findBodyFault(kind, given, type);
}

function findBodyFault(kind: 'body' | 'form', given: unknown, type: unknown): Fault | undefined {
  if (kind === 'body' && type === Array) {
    return {
      fault: 'The compiler reduces the type of a list to Array, so the items would not be validated.',
      cure: 'Write @Body({ each: Item }) with the class of the items, or @Body(schema); or give the parameter the type unknown, and validate it yourself.',
    };
  }
  const each = (given as { readonly each?: { readonly name: string } } | undefined)?.each;
  if (each !== undefined && BUILT_IN_TYPES.has(each)) {
    const fault = `Nothing checks that each item of the body is a ${each.name}.`;
    return { fault, cure: 'Use a class with rules or a Standard Schema for the items.' };
  }
  if (!isUncheckedType(type)) return undefined;
  if (kind === 'form') {
    const fault = `A form is an object with its fields and cannot be read as ${type.name}.`;
    return { fault, cure: "Declare the parameter as a class with rules, or read one field: @Form('name')." };
  }
  return {
    fault: `Nothing checks that the JSON body is a ${type.name}.`,
    cure: 'Take it as a property of a class with rules; or give the parameter the type unknown, and check it yourself.',
  };
}

/** Answers whether the type is a built-in one that promises something, such as `Number`. No body is checked against it. */
function isUncheckedType(type: unknown): type is { readonly name: string } {
  return BUILT_IN_TYPES.has(type) && !BODY_TYPES.has(type);
}

/** Answers whether the parameter is read in the same way whatever its type is. */
export function isTypeless({ kind }: Pick<ParameterRecord, 'kind'>): boolean {
  return kind === 'context' || kind === 'custom' || kind === 'file' || kind === 'files' || kind === 'host';
}
