import { ValidateIf } from 'class-validator';

/** The property may be missing but, unlike with `@IsOptional()`, not null. */
export function MayBeMissing(): PropertyDecorator {
  return ValidateIf((_object, value: unknown) => value !== undefined);
}
