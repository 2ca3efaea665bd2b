import type { ConfigurationCode } from '../../configuration/configuration-codes';
import type { Fault } from '../../configuration/configuration-error';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import { BODY_FORMATS, type ParameterRecord } from '../../metadata/records';
import { describeLostParameter, isLostType } from './find-lost-type';
import { findTypeConflict } from './find-type-conflict';

/** A fault of a type, with its code. */
export interface TypeFault extends Fault {
  readonly code: ConfigurationCode;
}

/** Finds what is wrong with the type in the decorator, or else with the emitted one; undefined where nothing is. */
export function findTypeFault(record: ParameterRecord, emitted: unknown): TypeFault | undefined {
  const type = record.type ?? emitted;
  const unknown = findUnknownType(record, type);
  if (unknown !== undefined) return { code: 'PARAMETER_TYPE_UNKNOWN', ...unknown };
  if (isTypeless(record)) return undefined;
  if (isTypeNeeded(record) && isLostType(type))
    return { code: 'PARAMETER_TYPE_LOST', ...describeLostParameter(record, type) };
  const conflict = findTypeConflict(record, emitted);
  if (conflict !== undefined) return { code: 'PARAMETER_TYPE_CONFLICT', ...conflict };
  const unchecked = isTypeNeeded(record) ? findBodyFault(record, type) : undefined;
  return unchecked && { code: 'PARAMETER_TYPE_UNKNOWN', ...unchecked };
}

function findUnknownType({ kind, type: given, format }: ParameterRecord, type: unknown): Fault | undefined {
  if (kind === 'host' && isUncheckedType(type) && type !== String) {
    const fault = `A part of the host is a string and cannot be read as ${type.name}.`;
    return { fault, cure: 'Give the parameter the type string.' };
  }
  if (given === null) {
    const fault = 'The type in the decorator is undefined, because two files import each other.';
    return { fault, cure: 'Remove the circular import.' };
  }
  if (format !== undefined && !BODY_FORMATS.includes(format)) {
    const fault = `There is no body format ${JSON.stringify(format)}.`;
    const cure =
      "Write 'json', 'text', 'bytes' or 'form'. For one property of the body, take the whole as a class with rules: @Body() { name }: CreateCat.";
    return { fault, cure };
  }
  return undefined;
}

/** Finds a type of a JSON body or a form that nothing checks. */
function findBodyFault({ kind, type: given, format }: ParameterRecord, type: unknown): Fault | undefined {
  if (kind !== 'body' && kind !== 'form') return undefined;
  const isForm = kind === 'form' || format === 'form';
  const each = (given as { readonly each?: { readonly name: string } } | undefined)?.each;
  if (each !== undefined && BUILT_IN_TYPES.has(each)) {
    const fault = `Nothing checks that each item of the body is a ${each.name}.`;
    return { fault, cure: 'Use a class with rules or a Standard Schema for the items.' };
  }
  if (!isUncheckedType(type) || (type === String && !isForm && format === undefined)) return undefined;
  if (isForm) {
    const fault = `A form is an object with its fields and cannot be read as ${type.name}.`;
    return { fault, cure: "Declare the parameter as a class with rules, or read one field: @Form('name')." };
  }
  if (type === Array) {
    return {
      fault: 'The compiler reduces the type of a list to Array, so the items would not be validated.',
      cure: 'Write @Body({ each: Item }) with the class of the items, or @Body(schema). To take the list unchecked, write @Body({ validate: false }).',
    };
  }
  return {
    fault: `Nothing checks that the JSON body is a ${type.name}.`,
    cure: 'Take it as a property of a class with rules. To take it unchecked, write @Body({ validate: false }).',
  };
}

/** Answers whether the type is a built-in one that promises something, such as `Number`. No JSON is checked against it. */
function isUncheckedType(type: unknown): type is { readonly name: string } {
  return BUILT_IN_TYPES.has(type) && type !== Object;
}

/** Answers whether the parameter is read in the same way whatever its type is. */
function isTypeless({ kind }: Pick<ParameterRecord, 'kind'>): boolean {
  return kind === 'context' || kind === 'custom' || kind === 'file' || kind === 'files' || kind === 'host';
}

/** Answers whether the type decides how the value is read or checked, and nothing else does. */
export function isTypeNeeded(record: ParameterRecord): boolean {
  const { format, options, unchecked } = record;
  if (isTypeless(record) || unchecked || format === 'text' || format === 'bytes') return false;
  return options === undefined || !('enum' in options);
}
