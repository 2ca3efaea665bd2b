import { isStandardSchema } from '../validation/standard-schema';
import type { ValidationTarget } from '../validation/validation-target';

/** Names the target of a validation for the plan: `CreateNote`, `CreateNote[]`, `zod schema`. */
export function nameTarget(target: ValidationTarget): string {
  if (isStandardSchema(target)) return `${target['~standard'].vendor} schema`;
  return typeof target === 'function' ? target.name : `${nameTarget(target.each)}[]`;
}
