import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { DEFAULT_FORM_LIMITS, type FormLimits } from '../../form/form-limits';
import type { FileRules } from '../../form/form-rules';
import type { MultipartOptions } from '../../metadata/form-options';
import type { ParameterRecord } from '../../metadata/records';
import type { FormDefinition } from '../route-definition';
import type { FormStep } from '../steps';

const FORM_KINDS: ReadonlySet<ParameterRecord['kind']> = new Set(['form', 'field', 'file', 'files']);

/** Reads the form that the parameters of a method take; undefined where they take none. */
export function readForm(
  place: string,
  records: readonly ParameterRecord[],
  { totalBytes, ...chosen }: MultipartOptions,
  problems: Problems,
): FormDefinition | undefined {
  if (!records.some(({ kind }) => FORM_KINDS.has(kind))) return undefined;
  const limits: FormLimits = Object.freeze({ ...DEFAULT_FORM_LIMITS, ...chosen });
  const files = records.flatMap((record) => readFile(record, limits));
  const twice = files.find(({ name }, index) => files.findIndex((one) => one.name === name) !== index);
  if (twice !== undefined) problems.addFault('BODY_TWICE', place, describeFileTwice(twice.name));
  return { limits, files: Object.freeze(files), totalBytes };
}

/** Counts the most bytes that the whole form may have. */
export function countFormBytes({ files, totalBytes }: FormDefinition, bodyLimit: number): number {
  return totalBytes ?? files.reduce((sum, { maxBytes, max }) => sum + maxBytes * max, bodyLimit);
}

/** Makes the step that reads the form. */
export function planForm({ limits, files }: FormDefinition): FormStep {
  const names = files.map(({ name }) => name);
  return { kind: 'form', name: `form(${names.join(', ')})`, limits, files };
}

function readFile({ kind, name, file = {} }: ParameterRecord, limits: FormLimits): FileRules[] {
  if (kind !== 'file' && kind !== 'files') return [];
  const plan = {
    name,
    maxBytes: file.maxBytes ?? limits.fileBytes,
    ...(file.types !== undefined && { types: Object.freeze([...file.types]) }),
    required: file.required === true,
    max: kind === 'file' ? 1 : (file.max ?? limits.files),
  };
  return [Object.freeze(plan)];
}

/** The fault of `@Multipart` where no parameter takes a form. */
export const IDLE_MULTIPART: Fault = {
  fault: '@Multipart limits a form, but no parameter takes one.',
  cure: "Take one with @Form(), @File('name') or @Files('name'), or remove @Multipart.",
};

function describeFileTwice(name: string): Fault {
  return {
    fault: `Two parameters take the file '${name}' of the form.`,
    cure: `Keep one of them. To take several files of that name, use @Files('${name}').`,
  };
}
