import type { ConfigurationProblem } from '../http/configuration-error';
import type { RoutePlan } from './plan';

/** A body class without a single class-validator rule would refuse every body, or let every body in: neither is meant. */
export function checkBodyClasses(routes: readonly RoutePlan[], problems: ConfigurationProblem[]): void {
  for (const { info, steps } of routes) {
    for (const step of steps) {
      if (step.kind !== 'validate' || countRules(step.type) > 0) continue;
      const fault = `The body class ${step.type.name} has no class-validator rule.`;
      const cure =
        'Decorate its properties (@IsString() …), or give the parameter the type unknown. If it has rules, two copies of class-validator are installed: see npm ls class-validator.';
      problems.push({ code: 'DTO_WITHOUT_RULES', place: info.name, fault, cure });
    }
  }
}

/** Rules of the class and its parents. Loads class-validator: only applications with a body class do. */
function countRules(type: new (...values: never[]) => unknown): number {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where there is a body class
  const { getMetadataStorage } = require('class-validator') as typeof import('class-validator');
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false).length;
}
