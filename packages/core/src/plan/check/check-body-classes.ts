import type { ConfigurationProblem, Fault } from '../../configuration/configuration-error';
import { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import { readRules, type RuleRecord } from '../../validation/classes/class-rules';
import { isMadeByTransform } from '../../validation/classes/conversion';
import { listClasses, readNamedType } from '../../validation/classes/named-type';
import { isStandardSchema } from '../../validation/standard-schema';
import type { ValidationTarget } from '../../validation/validation-target';
import type { ArgumentPlan } from '../arguments';
import type { RoutePlan } from '../plan';

/** Reports classes that would accept or refuse every input, which no author intends. */
export function checkBodyClasses(routes: readonly RoutePlan[], problems: Problems): void {
  for (const { info, steps } of routes) {
    for (const step of steps) {
      const type = step.kind === 'validate' ? findClass(step.type) : undefined;
      if (type !== undefined) {
        const isJson = step.kind === 'validate' && step.properties === undefined;
        checkClass(type, { part: 'body', place: info.name, isJson }, problems, new Set());
      }
      if (step.kind === 'handler') checkParts(step.arguments, info.name, problems);
    }
  }
}

/** Returns the same problems of a class or a schema that checks another JSON value than a body. */
export function checkTarget(target: ValidationTarget, place: string): readonly ConfigurationProblem[] {
  const problems = new Problems();
  const type = findClass(target);
  if (type !== undefined) checkClass(type, { part: 'payload', place, isJson: true }, problems, new Set());
  return problems.list();
}

/** Classes of a query, path, headers or cookies have no nested classes, so only their own rules count. */
function checkParts(values: readonly ArgumentPlan[], name: string, problems: Problems): void {
  for (const [index, { kind, whole }] of values.entries()) {
    if (whole?.properties?.length !== 0) continue;
    const fault = describeRuleless(whole.type as Class, kind, 'take one value by its name');
    problems.addFault('DTO_WITHOUT_RULES', `${name}, parameter ${index}`, fault);
  }
}

/** The class in a target, which may be that of each item; undefined for a schema. */
function findClass(target: ValidationTarget): Class | undefined {
  if (isStandardSchema(target)) return undefined;
  return typeof target === 'function' ? target : findClass(target.each);
}

/** The value that a class checks. A form is text, which is converted to declared types; JSON is not. */
interface Checked {
  readonly part: 'body' | 'payload';
  readonly place: string;
  readonly isJson: boolean;
}

/** Checks the class and every class nested in it. */
function checkClass(type: Class, checked: Checked, problems: Problems, seen: Set<Class>): void {
  if (seen.has(type)) return;
  seen.add(type);
  const rules = readRules(type);
  if (rules.length === 0) {
    const unchecked = 'write { validate: false } in the decorator to take the value unchecked';
    problems.addFault('DTO_WITHOUT_RULES', checked.place, describeRuleless(type, checked.part, unchecked));
  }
  if (checked.isJson) checkInstances(type, rules, problems);
  const nested = rules.filter((rule) => rule.type === 'nestedValidation');
  const nestedNames = new Set(nested.map(({ propertyName }) => propertyName));
  for (const name of new Set(rules.map(({ propertyName }) => propertyName))) {
    const named = readNamedType(type, name);
    const inner = named === undefined ? [] : listClasses(named).filter(isOwnClass);
    if (nestedNames.has(name)) for (const one of inner) checkClass(one, checked, problems, seen);
    if (isMadeByTransform(type, name)) continue;
    if (nestedNames.has(name) && named === undefined)
      problems.addFault('DTO_NESTED_UNTYPED', `${type.name}.${name}`, UNTYPED);
    if (!nestedNames.has(name) && inner.length > 0)
      problems.addFault('DTO_NESTED_UNCHECKED', `${type.name}.${name}`, describeUnchecked(inner[0]!));
  }
}

function isOwnClass(type: unknown): type is Class {
  return typeof type === 'function' && !BUILT_IN_TYPES.has(type);
}

/** Reports rules for instances of a class where nothing makes them: no value of JSON would pass. */
function checkInstances(type: Class, rules: readonly RuleRecord[], problems: Problems): void {
  const seen = new Set<string>();
  for (const rule of rules) {
    const { propertyName, name = '' } = rule;
    const wanted = findRuledClass(rule);
    if (wanted === undefined || seen.has(propertyName)) continue;
    if (readNamedType(type, propertyName) !== undefined || isMadeByTransform(type, propertyName)) continue;
    seen.add(propertyName);
    const decorator = `@${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const fault = `It has ${decorator} but no @Type, so it stays as the JSON has it, and every value is refused.`;
    const text = wanted === 'Date' ? ', or check its text with @IsISO8601()' : '';
    const cure = `Add @Type(() => ${wanted}) from class-transformer to it${text}.`;
    problems.add('DTO_INSTANCE_UNTYPED', `${type.name}.${propertyName}`, fault, cure);
  }
}

/** The name of the class that a rule demands. */
function findRuledClass({ name = '', constraints }: RuleRecord): string | undefined {
  if (['isDate', 'minDate', 'maxDate'].includes(name)) return 'Date';
  const wanted: unknown = name === 'isInstance' ? constraints?.[0] : undefined;
  return typeof wanted === 'function' && wanted !== Object && wanted !== Array ? wanted.name : undefined;
}

function describeRuleless({ name }: Class, part: string, otherWay: string): Fault {
  return {
    fault: `The ${part} class ${name} has no class-validator rules.`,
    cure: `Add rules to its properties (@IsString() …), or ${otherWay}. If it has rules, two copies of class-validator are installed: run npm ls class-validator.`,
  };
}

const UNTYPED: Fault = {
  fault: 'It has @ValidateNested but no @Type, so the class that checks it is unknown.',
  cure: 'Add @Type(() => ItsClass) from class-transformer to it.',
};

function describeUnchecked({ name }: Class): Fault {
  return {
    fault: `It has @Type but no @ValidateNested, so the rules of ${name} would not be checked.`,
    cure: 'Add @ValidateNested() to it, for a list with { each: true }. To accept any value, remove @Type or use @Transform.',
  };
}
