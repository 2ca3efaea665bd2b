import type { FormLimits } from './form-limits';

/** One `@File` or `@Files`. */
export interface FilePlan {
  readonly name: string;
  readonly maxBytes: number;
  /** Media types, or `image/*`; undefined: any. */
  readonly types?: readonly string[];
  readonly required: boolean;
  /** How many: 1 for `@File`. */
  readonly max: number;
}

/** What a form may hold. */
export interface FormRules {
  readonly limits: FormLimits;
  readonly files: readonly FilePlan[];
}
