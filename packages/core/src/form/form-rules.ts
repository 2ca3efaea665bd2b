import type { FormLimits } from './form-limits';

/** The rules of one `@File` or `@Files`. */
export interface FileRules {
  readonly name: string;
  readonly maxBytes: number;
  /** Media types, or `image/*`; undefined: any. */
  readonly types?: readonly string[];
  readonly required: boolean;
  /** How many files may have the name: 1 for `@File`. */
  readonly max: number;
}

/** The limits of a route's form, and the files that it accepts. */
export interface FormRules {
  readonly limits: FormLimits;
  readonly files: readonly FileRules[];
}
