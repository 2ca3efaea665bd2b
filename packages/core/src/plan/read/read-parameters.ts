import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import type { MultipartOptions } from '../../metadata/form-options';
import type { BodyFormat, ParameterRecord } from '../../metadata/records';
import { isStandardSchema } from '../../validation/standard-schema';
import type { ValidationTarget } from '../../validation/validation-target';
import { CONTEXT_ARGUMENT, type ArgumentPlan } from '../arguments';
import { freezeCopy } from '../freeze-copy';
import type { BodyDefinition } from '../route-definition';
import { findTypeFault, isTypeNeeded, type TypeFault } from './find-type-fault';
import { noteTakenFields, noteTakenNames } from './note-taken-names';
import { planPart } from './plan-part';
import { readBrackets } from './read-brackets';
import { readForm } from './read-form';
import { readPartClass } from './read-part-class';
import { isText, readTextArgument } from './read-text-argument';

/** The parameters of a method, as they were written. */
export interface WrittenParameters {
  readonly place: string;
  readonly records: readonly ParameterRecord[];
  /** The number of parameters before the first default or rest. */
  readonly count: number;
  /** The types that the compiler emitted; undefined where it emitted none. */
  readonly types: readonly unknown[] | undefined;
  readonly multipart?: MultipartOptions;
  /** The names of the parameters in messages; default: `parameter 0`. */
  readonly spots?: readonly string[];
}

/** The arguments of a handler, and the body where a parameter takes it. */
export interface ReadParameters {
  readonly values: readonly ArgumentPlan[];
  readonly body?: BodyDefinition;
}

/** Reads the parameters of a method. */
export function readParameters(written: WrittenParameters, problems: Problems): ReadParameters {
  const { place, records, types } = written;
  const count = Math.max(written.count, types?.length ?? 0, ...records.map((record) => record.index + 1));
  const found: ArgumentPlan[] = [];
  const bodies: BodyDefinition[] = [];
  const forms: BodyDefinition[] = [];
  for (let index = 0; index < count; index++) {
    const here = `${place}, ${written.spots?.[index] ?? `parameter ${index}`}`;
    const [record, second] = records.filter((candidate) => candidate.index === index);
    if (record === undefined) {
      problems.addFault('PARAMETER_UNDECORATED', here, UNDECORATED);
      found.push(UNREADABLE);
      continue;
    }
    if (second !== undefined) {
      const fault = `The parameter has two decorators, ${record.kind} and ${second.kind}.`;
      problems.add('PARAMETER_TWICE', here, fault, 'Keep one of them.');
    }
    const isMissing = record.type === undefined && types === undefined && isTypeNeeded(record);
    const type = record.type ?? types?.[index];
    const fault = isMissing ? METADATA_MISSING : findTypeFault(record, types?.[index]);
    if (fault !== undefined) problems.addFault(fault.code, here, fault);
    if (record.kind === 'body') bodies.push(readBody(record, type, here, problems));
    if (record.kind === 'form') forms.push(readBody({ ...record, format: 'form' }, type, here, problems));
    if (record.whole) {
      const whole = fault === undefined ? planPart(record, type, here, problems) : undefined;
      found.push(whole === undefined ? UNREADABLE : makeArgument(record, { whole }));
      continue;
    }
    const isReadAsText = isText(record) && fault === undefined;
    const text = isReadAsText ? readTextArgument(record, type, here, problems) : {};
    found.push(makeArgument(record, text));
  }
  const form = readForm(place, records, written.multipart ?? {}, problems);
  if (form !== undefined)
    bodies.push(...(forms.length > 0 ? forms : [FIELDS]).map((one) => ({ ...one, form })));
  const [body] = bodies;
  const values = noteTakenNames(found);
  if (body === undefined) return { values };
  if (bodies.some((other) => !isSameBody(other, body))) problems.addFault('BODY_TWICE', place, BODY_TWICE);
  return { values, body: noteTakenFields(body, values) };
}

/** Takes the place of a parameter with a problem, so that the others keep theirs. Such an application does not start. */
const UNREADABLE = CONTEXT_ARGUMENT;

/** The body of a handler that takes only fields or files of a form. */
const FIELDS: BodyDefinition = { format: 'form', type: undefined };

function makeArgument({ kind, name, read }: ParameterRecord, more: Partial<ArgumentPlan>): ArgumentPlan {
  const { needs, describes } = read?.parameter ?? {};
  return {
    kind,
    name,
    coercion: 'text',
    position: -1,
    ...more,
    ...(read && { read }),
    ...(needs !== undefined && { needs }),
    ...(describes !== undefined && { describes: freezeCopy(describes) }),
  };
}

function readBody(record: ParameterRecord, type: unknown, place: string, problems: Problems): BodyDefinition {
  const { format = pickFormat(type), kind, validation, unchecked, optional } = record;
  if (format !== 'json' && format !== 'form') return { format, type: undefined, optional };
  const target = isTarget(type) && !unchecked ? type : undefined;
  const isClass = typeof target === 'function' && !isStandardSchema(target);
  const properties =
    format === 'form' && isClass
      ? readPartClass(target, kind, place, problems, validation?.groups)
      : undefined;
  return { format, type: target, validation, properties, optional, ...readBrackets(record, properties) };
}

function pickFormat(type: unknown): BodyFormat {
  if (type === String) return 'text';
  return type === Uint8Array || type === Buffer ? 'bytes' : 'json';
}

function isSameBody(one: BodyDefinition, other: BodyDefinition): boolean {
  return (
    one.format === other.format &&
    one.type === other.type &&
    one.form === other.form &&
    one.optional === other.optional &&
    String(one.brackets) === String(other.brackets)
  );
}

/** Answers whether the type can check a body: the compiler emits a built-in type for interfaces and unions. */
function isTarget(type: unknown): type is ValidationTarget {
  return (
    (typeof type === 'function' || typeof type === 'object') && type !== null && !BUILT_IN_TYPES.has(type)
  );
}

const UNDECORATED: Fault = {
  fault: 'The parameter has no decorator, so nothing says where its value comes from.',
  cure: "Write @Param('name'), @Query('name'), @Header('name'), @Cookie('name'), @Body(), @Form() or @Ctx() before it.",
};

const METADATA_MISSING: TypeFault = {
  code: 'METADATA_MISSING',
  fault:
    'The compiler emitted no decorator metadata, so the type of the parameter is unknown (tsx and esbuild never emit it).',
  cure: "Pass the type to the decorator, as in @Param('id', Number) or @Body(CreateNote), or compile with tsc or swc and emitDecoratorMetadata.",
};

const BODY_TWICE: Fault = {
  fault: 'Two parameters take the body in ways that contradict each other.',
  cure: 'Take it once, or each time in the same way.',
};
