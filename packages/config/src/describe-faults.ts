import type { ConfigurationProblem, ErrorDetail } from '@sluice/core';
import { findNearestName } from './nearest-name';
import type { ReadVariables, Variable } from './read-variables';
import type { Setting } from './setting';

/** The settings that were checked, and their variables. */
export interface Checked {
  readonly place: string;
  readonly prefix: string;
  readonly refuseUnknown: boolean;
  /** Undefined if only a schema knows them. */
  readonly settings: readonly Setting[] | undefined;
  readonly secrets: ReadonlySet<string>;
  readonly variables: ReadVariables;
}

/** Makes one problem for each variable of the faults that the rules or the schema found. */
export function describeFaults(faults: readonly ErrorDetail[], checked: Checked): ConfigurationProblem[] {
  const names = new Set(faults.map(({ pointer }) => splitPointer(pointer)[0]));
  return [...names].map((name) => {
    const own = faults.filter(({ pointer }) => splitPointer(pointer)[0] === name);
    if (name === undefined) return describeWhole(own, checked);
    const variable = checked.variables.set.get(name);
    const setting = checked.settings?.find((one) => one.name === name);
    if (variable === undefined && setting?.initial === undefined)
      return describeMissing(name, own[0]!, setting, checked);
    return describeInvalid(name, own, setting, variable, checked);
  });
}

/** Describes a variable that no setting has. */
export function describeUnknown(name: string, { prefix, settings = [] }: Checked): ConfigurationProblem {
  const near = findNearestName(
    name,
    settings.map((setting) => setting.name),
  );
  const cure = near === undefined ? 'Remove it.' : `Write ${prefix}${near}, or remove it.`;
  return { code: 'CONFIG_UNKNOWN', place: prefix + name, fault: 'No setting has this variable.', cure };
}

/** The schema refuses the settings as a whole. */
function describeWhole(faults: readonly ErrorDetail[], { place }: Checked): ConfigurationProblem {
  const fault = faults.map(({ detail }) => makeSentence(detail)).join(' ');
  return { code: 'CONFIG_INVALID', place, fault, cure: 'Change the variables of the environment.' };
}

function describeMissing(
  name: string,
  { detail }: ErrorDetail,
  setting: Setting | undefined,
  { prefix, variables, settings }: Checked,
): ConfigurationProblem {
  const near = settings === undefined ? undefined : findNearestName(name, variables.unread);
  const rule = dropName(detail, name);
  const needed = setting !== undefined && rule.startsWith('must be ') ? `; it ${rule}` : '';
  return {
    code: 'CONFIG_MISSING',
    place: prefix + name,
    fault: 'The variable is not set, and has no default.',
    cure:
      near === undefined
        ? `Set it in the environment${needed}.`
        : `Set it in the environment. ${prefix}${near} is set, and no setting has it: is it misspelled?`,
  };
}

function describeInvalid(
  name: string,
  faults: readonly ErrorDetail[],
  setting: Setting | undefined,
  variable: Variable | undefined,
  { prefix, secrets }: Checked,
): ConfigurationProblem {
  const found = faults.map((fault) => describeFault(fault, name));
  const isShown = setting !== undefined && !setting.isText && !secrets.has(name);
  const given = isShown && variable !== undefined ? ` It is ${JSON.stringify(variable.text)}.` : '';
  const said = [...new Set(found)].join(' ') + given;
  const fault = secrets.has(name) && contains(said, variable) ? 'It does not pass its rules.' : said;
  const problem = { code: 'CONFIG_INVALID', place: prefix + name } as const;
  if (variable === undefined)
    return { ...problem, fault: `Its default does not pass: ${fault}`, cure: 'Change the default.' };
  const place = variable.file === undefined ? 'in the environment' : `in ${variable.file}`;
  return { ...problem, fault, cure: `Change it ${place}.` };
}

/** A message of a user's rule may have the value in it. */
function contains(message: string, variable: Variable | undefined): boolean {
  const items = variable?.text.split(',').map((item) => item.trim()) ?? [];
  return items.some((item) => item !== '' && message.includes(item));
}

function describeFault({ pointer, detail }: ErrorDetail, name: string): string {
  const [, ...path] = splitPointer(pointer);
  const rule = dropName(detail, name);
  if (path.length === 0) return makeSentence(rule);
  const place = /^\d+$/.test(path[0]!) ? `Item ${Number(path[0]) + 1}` : path.join('.');
  return /^[a-z]/.test(rule) ? `${place} ${rule}.` : `${place}: ${makeSentence(rule)}`;
}

/** class-validator begins its messages with the name of the property, which is the place of the problem already. */
function dropName(detail: string, name: string): string {
  return detail.startsWith(`${name} `) ? detail.slice(name.length + 1) : detail;
}

function makeSentence(text: string): string {
  const sentence = /^(?:must|should|is|has|can) /.test(text) ? `It ${text}` : text;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function splitPointer(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
