import type { ConfigurationProblem } from '../http/configuration-error';
import { readRules } from '../http/class-rules';
import { isStandardSchema } from '../http/standard-schema';
import type { Class, RoutePlan, ValidationTarget } from './plan';

/** A body class without a single class-validator rule would refuse every body, or let every body in: neither is meant. */
export function checkBodyClasses(routes: readonly RoutePlan[], problems: ConfigurationProblem[]): void {
  for (const { info, steps } of routes) {
    for (const step of steps) {
      const type = step.kind === 'validate' ? findClass(step.type) : undefined;
      if (type === undefined || readRules(type).length > 0) continue;
      const fault = `The body class ${type.name} has no class-validator rule.`;
      const cure =
        'Decorate its properties (@IsString() …), or give the parameter the type unknown. If it has rules, two copies of class-validator are installed: see npm ls class-validator.';
      problems.push({ code: 'DTO_WITHOUT_RULES', place: info.name, fault, cure });
    }
  }
}

/** The class in a target, itself or of each item; none where a schema checks. */
function findClass(target: ValidationTarget): Class | undefined {
  if (isStandardSchema(target)) return undefined;
  return typeof target === 'function' ? target : findClass(target.each);
}
