import type { StandardSchema } from './standard-schema';
import type { Class } from '../http/class';

/** A list, each item checked by itself. */
export interface EachOf {
  readonly each: Class | StandardSchema;
}

/** What a value is checked by. */
export type ValidationTarget = Class | StandardSchema | EachOf;

/** What a decorator that takes a whole part of the request may be called with, in place of a name. */
export type PartGiven =
  [options?: ValidationOptions] | [target: Class | StandardSchema | undefined, options?: ValidationOptions];

/** How a class with class-validator rules is checked; a Standard Schema says it all itself. */
export interface ValidationOptions {
  /** What becomes of keys that the class has no rule for: an error for each, or nothing; default `refuse`. */
  readonly unknownKeys?: 'refuse' | 'strip' | undefined;
  /** Of class-validator: only rules of these groups, and those that are `always`, count. Default: every rule. */
  readonly groups?: readonly string[] | undefined;
}
