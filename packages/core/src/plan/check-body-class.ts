import type { ConfigurationProblem } from '../http/configuration-error';
import type { Class } from '../metadata/records';

/**
 * Adds to `problems` where a body class has no rule: then every body would be refused, or none looked at.
 * Loads class-validator, which an application without body classes never does.
 */
export function checkBodyClass(type: Class, place: string, problems: ConfigurationProblem[]): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where there is a body class
  const { getMetadataStorage } = require('class-validator') as typeof import('class-validator');
  if (getMetadataStorage().getTargetValidationMetadatas(type, '', true, false).length > 0) return;
  const fault = `${type.name} is the class of a body and has no validation rule at all.`;
  const cure =
    "Write class-validator's decorators (@IsString(), …) before its properties, or take an interface if any JSON will do.";
  problems.push({ code: 'DTO_WITHOUT_RULES', place, fault, cure });
}
