import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import { isMadeByTransform, readPropertyType, readRules } from '../../validation/classes/class-rules';
import { isStandardSchema } from '../../validation/standard-schema';
import type { ValidationTarget } from '../../validation/validation-target';
import type { ArgumentPlan } from '../arguments';
import type { RoutePlan } from '../plan';

/** Reports classes that would accept or refuse every input, which no author intends. */
export function checkBodyClasses(routes: readonly RoutePlan[], problems: Problems): void {
  for (const { info, steps } of routes) {
    for (const step of steps) {
      const type = step.kind === 'validate' ? findClass(step.type) : undefined;
      if (type !== undefined) checkClass(type, info.name, problems, new Set());
      if (step.kind === 'handler') checkParts(step.arguments, info.name, problems);
    }
  }
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

/** Checks the class and every class nested in it. */
function checkClass(type: Class, place: string, problems: Problems, seen: Set<Class>): void {
  if (seen.has(type)) return;
  seen.add(type);
  const rules = readRules(type);
  if (rules.length === 0) {
    const fault = describeRuleless(
      type,
      'body',
      'write { validate: false } in the decorator to take the value unchecked',
    );
    problems.addFault('DTO_WITHOUT_RULES', place, fault);
  }
  const nested = rules.filter((rule) => rule.type === 'nestedValidation');
  for (const name of new Set(nested.map(({ propertyName }) => propertyName))) {
    const inner = readPropertyType(type, name);
    if (typeof inner === 'function') checkClass(inner as Class, place, problems, seen);
    else if (inner === undefined && !isMadeByTransform(type, name))
      problems.addFault('DTO_NESTED_UNTYPED', place, describeUntyped(type, name));
  }
}

function describeRuleless({ name }: Class, part: string, otherWay: string): Fault {
  return {
    fault: `The ${part} class ${name} has no class-validator rules.`,
    cure: `Add rules to its properties (@IsString() …), or ${otherWay}. If it has rules, two copies of class-validator are installed: run npm ls class-validator.`,
  };
}

function describeUntyped({ name }: Class, property: string): Fault {
  return {
    fault: `${name}.${property} has @ValidateNested but no @Type, so the class that checks it is unknown.`,
    cure: 'Add @Type(() => ItsClass) from class-transformer to it.',
  };
}
