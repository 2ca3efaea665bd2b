import type { ConfigurationProblem } from '../http/configuration-error';
import { isMadeByTransform, readPropertyType, readRules } from '../http/class-rules';
import { isStandardSchema } from '../http/standard-schema';
import type { Class, RoutePlan, ValidationTarget } from './plan';

/** What a class would let in or refuse whatever is sent is meant by nobody: it refuses to start. Nested classes too. */
export function checkBodyClasses(routes: readonly RoutePlan[], problems: ConfigurationProblem[]): void {
  for (const { info, steps } of routes) {
    for (const step of steps) {
      const type = step.kind === 'validate' ? findClass(step.type) : undefined;
      if (type !== undefined) checkClass(type, info.name, problems, new Set());
    }
  }
}

/** The class in a target, itself or of each item; none where a schema checks. */
function findClass(target: ValidationTarget): Class | undefined {
  if (isStandardSchema(target)) return undefined;
  return typeof target === 'function' ? target : findClass(target.each);
}

function checkClass(type: Class, place: string, problems: ConfigurationProblem[], seen: Set<Class>): void {
  if (seen.has(type)) return;
  seen.add(type);
  const rules = readRules(type);
  if (rules.length === 0) problems.push(withoutRules(type, place));
  const nested = rules.filter((rule) => rule.type === 'nestedValidation');
  for (const name of new Set(nested.map(({ propertyName }) => propertyName))) {
    const inner = readPropertyType(type, name);
    if (typeof inner === 'function') checkClass(inner as Class, place, problems, seen);
    else if (inner === undefined && !isMadeByTransform(type, name))
      problems.push(withoutType(type, name, place));
  }
}

function withoutRules({ name }: Class, place: string): ConfigurationProblem {
  const fault = `The body class ${name} has no class-validator rule.`;
  const cure =
    'Decorate its properties (@IsString() …), or give the parameter the type unknown. If it has rules, two copies of class-validator are installed: see npm ls class-validator.';
  return { code: 'DTO_WITHOUT_RULES', place, fault, cure };
}

function withoutType({ name }: Class, property: string, place: string): ConfigurationProblem {
  const fault = `${name}.${property} has @ValidateNested and no @Type, so nothing says by which class it is checked.`;
  const cure = 'Write @Type(() => ItsClass) of class-transformer beside @ValidateNested.';
  return { code: 'DTO_NESTED_UNTYPED', place, fault, cure };
}
