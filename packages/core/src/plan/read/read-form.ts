import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { DEFAULT_FORM_LIMITS, type FormLimits } from '../../form/form-limits';
import type { MultipartOptions } from '../../metadata/form-options';
import type { ParameterRecord } from '../../metadata/records';
import type { FilePlan } from '../../form/form-rules';
import type { FormDefinition } from '../route-definition';
import type { FormStep } from '../steps';

const FORM_KINDS: ReadonlySet<ParameterRecord['kind']> = new Set(['form', 'field', 'file', 'files']);

/** What the parameters of a method take of a form; undefined where they take nothing. */
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
  if (twice !== undefined) problems.include(takenTwice(place, twice.name));
  return { limits, files: Object.freeze(files), totalBytes };
}

/** The most bytes the whole form may have. */
export function countFormBytes({ files, totalBytes }: FormDefinition, bodyLimit: number): number {
  return totalBytes ?? files.reduce((sum, { maxBytes, max }) => sum + maxBytes * max, bodyLimit);
}

/** The step that reads the form. */
export function planForm({ limits, files }: FormDefinition): FormStep {
  const names = files.map(({ name }) => name);
  return Object.freeze({ kind: 'form', name: `form(${names.join(', ')})`, limits, files });
}

/** The problem of `@Multipart` where no form is taken. */
export function describeIdleMultipart(place: string): ConfigurationProblem {
  const fault = '@Multipart says what a form may have, and none is taken here.';
  const cure = "Take one with @Form(), @File('name') or @Files('name'), or take @Multipart away.";
  return { code: 'DECORATOR_MISPLACED', place, fault, cure };
}

function readFile({ kind, name, file = {} }: ParameterRecord, limits: FormLimits): FilePlan[] {
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

function takenTwice(place: string, name: string): ConfigurationProblem {
  const fault = `Two parameters take the file '${name}' of the form.`;
  const cure = `Take it once; where several files have the name, with @Files('${name}').`;
  return { code: 'BODY_TWICE', place, fault, cure };
}
