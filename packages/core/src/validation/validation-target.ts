import type { StandardSchema } from './standard-schema';
import type { Class } from '../http/class';

/** A list whose items are each checked by a class or a schema. */
export interface EachOf {
  readonly each: Class | StandardSchema;
}

/** A class with rules, a Standard Schema, or a list of one of them. */
export type ValidationTarget = Class | StandardSchema | EachOf;

/** How a class with class-validator rules is checked. A Standard Schema has options of its own. */
export interface ValidationOptions {
  /** Whether keys without a rule are errors or are removed; default `refuse`. */
  readonly unknownKeys?: 'refuse' | 'strip' | undefined;
  /** The groups of class-validator whose rules apply, besides rules that are `always`. Default: every rule. */
  readonly groups?: readonly string[] | undefined;
}

/** The same, and what only Sluice itself chooses. */
export interface CheckedOptions extends ValidationOptions {
  /** A reply is checked as it is: the conversions of requests do not run. */
  readonly isReply?: boolean;
  /** The values were made of texts, each of its declared type. */
  readonly isText?: boolean;
}
