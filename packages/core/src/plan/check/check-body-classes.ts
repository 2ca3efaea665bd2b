import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { isMadeByTransform, readPropertyType, readRules } from '../../validation/class-rules';
import { isStandardSchema } from '../../validation/standard-schema';
import type { Class } from '../../http/class';
import type { RoutePlan } from '../plan';
import type { ArgumentPlan } from '../arguments';
import type { ValidationTarget } from '../../validation/validation-target';

/** What a class would let in or refuse whatever is sent is meant by nobody: it refuses to start. Nested classes too. */
export function checkBodyClasses(routes: readonly RoutePlan[], problems: Problems): void {
  for (const { info, steps } of routes) {
    for (const step of steps) {
      const type = step.kind === 'validate' ? findClass(step.type) : undefined;
      if (type !== undefined) checkClass(type, info.name, problems, new Set());
      if (step.kind === 'handler') checkParts(step.arguments, info.name, problems);
    }
  }
}

/** Of the classes of a query, path, headers or cookies: that there are rules; nothing is nested in text. */
function checkParts(values: readonly ArgumentPlan[], name: string, problems: Problems): void {
  for (const [index, { kind, whole }] of values.entries()) {
    if (whole?.properties?.length === 0)
      problems.include(withoutRules(whole.type as Class, `${name}, parameter ${index}`, kind));
  }
}

/** The class in a target, itself or of each item; none where a schema checks. */
function findClass(target: ValidationTarget): Class | undefined {
  if (isStandardSchema(target)) return undefined;
  return typeof target === 'function' ? target : findClass(target.each);
}

function checkClass(type: Class, place: string, problems: Problems, seen: Set<Class>): void {
  if (seen.has(type)) return;
  seen.add(type);
  const rules = readRules(type);
  if (rules.length === 0) problems.include(withoutRules(type, place));
  const nested = rules.filter((rule) => rule.type === 'nestedValidation');
  for (const name of new Set(nested.map(({ propertyName }) => propertyName))) {
    const inner = readPropertyType(type, name);
    if (typeof inner === 'function') checkClass(inner as Class, place, problems, seen);
    else if (inner === undefined && !isMadeByTransform(type, name))
      problems.include(withoutType(type, name, place));
  }
}

function withoutRules({ name }: Class, place: string, part = 'body'): ConfigurationProblem {
  const fault = `The ${part} class ${name} has no class-validator rule.`;
  const way = part === 'body' ? 'give the parameter the type unknown' : 'take one by its name';
  const cure = `Decorate its properties (@IsString() …), or ${way}. If it has rules, two copies of class-validator are installed: see npm ls class-validator.`;
  return { code: 'DTO_WITHOUT_RULES', place, fault, cure };
}

function withoutType({ name }: Class, property: string, place: string): ConfigurationProblem {
  const fault = `${name}.${property} has @ValidateNested and no @Type, so nothing says by which class it is checked.`;
  const cure = 'Write @Type(() => ItsClass) of class-transformer beside @ValidateNested.';
  return { code: 'DTO_NESTED_UNTYPED', place, fault, cure };
}
