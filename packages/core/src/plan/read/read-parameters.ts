import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { isStandardSchema } from '../../validation/standard-schema';
import type { MultipartOptions } from '../../metadata/form-options';
import type { ParameterRecord } from '../../metadata/records';
import type { ValidationTarget } from '../../validation/validation-target';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import { findTypeFault, isTypeless } from './find-type-fault';
import { readForm } from './read-form';
import { planPart, readProperties } from './plan-part';
import { isText, readTextArgument } from './read-text-argument';
import type { BodyDefinition } from '../route-definition';
import type { ArgumentPlan } from '../arguments';

/** What is known of a method's parameters. */
export interface WrittenParameters {
  readonly place: string;
  readonly records: readonly ParameterRecord[];
  /** How many parameters the function declares before the first default or rest. */
  readonly count: number;
  /** What the compiler emitted; undefined where it emitted nothing. */
  readonly types: readonly unknown[] | undefined;
  /** What `@Multipart` says. */
  readonly multipart?: MultipartOptions;
}

/** Where every argument comes from, and the body if one asks for it. */
export function readParameters(
  written: WrittenParameters,
  problems: Problems,
): { values: ArgumentPlan[]; body?: BodyDefinition } {
  const { place, records, types } = written;
  const count = Math.max(written.count, types?.length ?? 0, ...records.map((record) => record.index + 1));
  const values: ArgumentPlan[] = [];
  const bodies: BodyDefinition[] = [];
  const forms: BodyDefinition[] = [];
  for (let index = 0; index < count; index++) {
    const here = `${place}, parameter ${index}`;
    const [record, second] = records.filter((candidate) => candidate.index === index);
    if (record === undefined) {
      problems.include(undecorated(here));
      values.push(UNREADABLE);
      continue;
    }
    if (second !== undefined) problems.include(decoratedTwice(here, record, second));
    const needsType =
      !isTypeless(record) && record.format === undefined && record.options?.enum === undefined;
    if (needsType && record.type === undefined && types === undefined)
      problems.include(metadataMissing(here));
    const type = record.type ?? types?.[index];
    const fault = findTypeFault(record, type);
    if (fault !== undefined) problems.addFault('PARAMETER_TYPE_UNKNOWN', here, fault);
    if (record.kind === 'body') bodies.push(readBody(record, type, here, problems));
    if (record.kind === 'form') forms.push(readBody({ ...record, format: 'form' }, type, here, problems));
    const { kind, name } = record;
    const isKnown = fault === undefined && (record.type !== undefined || types !== undefined);
    const whole = record.whole && isKnown ? planPart(record, type, here, problems) : undefined;
    if (record.whole && whole === undefined) {
      values.push(UNREADABLE);
      continue;
    }
    const text = isText(record) && fault === undefined && readTextArgument(record, type, here, problems);
    values.push({
      kind,
      name,
      coercion: 'text',
      position: -1,
      ...text,
      ...(whole && { whole }),
      ...(record.read && { read: record.read }),
      ...(record.read?.parameter.needs !== undefined && { needs: record.read.parameter.needs }),
    });
  }
  const form = readForm(place, records, written.multipart ?? {}, problems);
  if (form !== undefined)
    bodies.push(...(forms.length > 0 ? forms : [FIELDS]).map((one) => ({ ...one, form })));
  const [body] = bodies;
  if (body && bodies.some((other) => !isSameBody(other, body))) problems.include(bodyTwice(place));
  return body ? { values, body } : { values };
}

/** Holds the place of a parameter whose problem has been told; an application with it does not start. */
const UNREADABLE: ArgumentPlan = { kind: 'context', name: 'context', coercion: 'text', position: -1 };

/** A form of which only fields or files are taken. */
const FIELDS: BodyDefinition = { format: 'form', type: undefined };

function readBody(record: ParameterRecord, type: unknown, place: string, problems: Problems): BodyDefinition {
  if (record.format !== undefined && record.format !== 'json' && record.format !== 'form')
    return { format: record.format, type: undefined };
  if (record.format === undefined && type === String) return { format: 'text', type: undefined };
  if (record.format === undefined && (type === Uint8Array || type === Buffer))
    return { format: 'bytes', type: undefined };
  const { format = 'json', kind, validation } = record;
  const target = isTarget(type) ? type : undefined;
  const isClass = typeof target === 'function' && !isStandardSchema(target);
  const properties = format === 'form' && isClass ? readProperties(target, kind, place, problems) : undefined;
  return { format, type: target, validation, properties };
}

/** Options are not compared: of the same class they are the same, or a mistake that nobody makes. */
function isSameBody(one: BodyDefinition, other: BodyDefinition): boolean {
  return one.format === other.format && one.type === other.type && one.form === other.form;
}

/** A class of the user's own, a schema or a list, as opposed to what the compiler emits for interfaces, unions and built-in types. */
function isTarget(type: unknown): type is ValidationTarget {
  return (
    (typeof type === 'function' || typeof type === 'object') && type !== null && !BUILT_IN_TYPES.has(type)
  );
}

function undecorated(place: string): ConfigurationProblem {
  const fault = 'The parameter has no decorator, so nothing says where its value comes from.';
  const cure =
    "Write @Param('name'), @Query('name'), @Header('name'), @Cookie('name'), @Body(), @Form() or @Ctx() before it.";
  return { code: 'PARAMETER_UNDECORATED', place, fault, cure };
}

function decoratedTwice(
  place: string,
  first: ParameterRecord,
  second: ParameterRecord,
): ConfigurationProblem {
  const fault = `The parameter has two decorators, ${first.kind} and ${second.kind}.`;
  return { code: 'PARAMETER_TWICE', place, fault, cure: 'Keep one of them.' };
}

function metadataMissing(place: string): ConfigurationProblem {
  const fault =
    'The compiler emitted no decorator metadata, so the type of the parameter is not known (tsx and esbuild never emit it).';
  const cure =
    "Give the type in the decorator, as in @Param('id', Number) or @Body(CreateNote), or compile with tsc or swc and emitDecoratorMetadata.";
  return { code: 'METADATA_MISSING', place, fault, cure };
}

function bodyTwice(place: string): ConfigurationProblem {
  const fault = 'Two parameters ask for the body in ways that contradict each other.';
  return { code: 'BODY_TWICE', place, fault, cure: 'Ask for it once.' };
}
