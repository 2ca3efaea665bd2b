import {
  HttpError,
  type ConfigurationProblem,
  type ErrorDetail,
  type MaybePromise,
  type ValidationTarget,
} from '@sluice/core';
import { BUILT_IN_TYPES, checkTarget, compileValidator, isStandardSchema } from '@sluice/core/kit';
import type { JobQueueOptions } from './job-options';
import { UnrecoverableError } from './unrecoverable-error';

/** A payload broke its rules. The message has their places and names, and no value. */
export class InvalidPayload extends UnrecoverableError {
  override readonly name: string = 'InvalidPayload';

  constructor(
    /** The name of the job. */
    readonly job: string,
    readonly errors: readonly Pick<ErrorDetail, 'pointer' | 'code'>[],
  ) {
    const list = errors.slice(0, MOST_NAMED).map(({ pointer, code }) => `${pointer || '/'} (${code})`);
    if (errors.length > MOST_NAMED) list.push(`and ${errors.length - MOST_NAMED} more`);
    super(`The payload of the job ${job} is invalid: ${list.join(', ')}.`);
  }
}

const MOST_NAMED = 10;

/** Checks payloads of one job. */
export interface PayloadCheck {
  /** The name of the class or schema, for the plan; undefined where nothing is checked. */
  readonly name: string | undefined;
  /** The problems of the class, for start-up. */
  readonly problems: readonly ConfigurationProblem[];
  /** Returns the argument of the method. Throws or rejects with InvalidPayload. */
  run(payload: unknown): MaybePromise<unknown>;
}

/** Takes every payload. */
export const UNCHECKED: PayloadCheck = { name: undefined, problems: [], run: (payload) => payload };

/**
 * Makes the check of a job's payload, from its options or from the types that the compiler emitted for the method.
 *
 * @param emitted undefined where the compiler emits none, or where there is no method
 */
export function makePayloadCheck(
  job: string,
  { payload, validate }: JobQueueOptions,
  emitted: readonly unknown[] | undefined,
  place: string,
): PayloadCheck {
  if (validate === false) return UNCHECKED;
  // A method without parameters takes no payload.
  if (payload === undefined && emitted?.length === 0) return UNCHECKED;
  const target = payload ?? emitted?.[0];
  if (target === undefined || BUILT_IN_TYPES.has(target)) {
    return { ...UNCHECKED, problems: [describeLost(place, target)] };
  }
  return compile(job, target as ValidationTarget, place);
}

function compile(job: string, target: ValidationTarget, place: string): PayloadCheck {
  const problems = checkTarget(target, place);
  if (problems.length > 0) return { ...UNCHECKED, problems };
  const validate = compileValidator(target);
  const fail = (error: unknown): never => {
    const errors = error instanceof HttpError ? error.errors : undefined;
    throw errors === undefined ? error : new InvalidPayload(job, errors);
  };
  return {
    name: nameTarget(target),
    problems,
    run(value) {
      try {
        const checked = validate(value, 'body');
        return checked instanceof Promise ? checked.catch(fail) : checked;
      } catch (error) {
        return fail(error);
      }
    },
  };
}

function nameTarget(target: ValidationTarget): string {
  if (typeof target === 'function') return target.name;
  if (isStandardSchema(target)) return target['~standard'].vendor;
  return `${nameTarget(target.each)}[]`;
}

function describeLost(place: string, type: unknown): ConfigurationProblem {
  const name = type === undefined ? 'nothing' : (type as { readonly name: string }).name;
  return {
    code: 'PARAMETER_TYPE_LOST',
    place,
    fault: `The compiler emitted ${name} as the type of the payload, so nothing would check it. Likely causes: an interface, a type alias, \`import type\`, a list, or a compiler that emits no types, such as esbuild and tsx.`,
    cure: 'Name a class with rules or a schema: { payload: ReportOrder }, for a list { payload: { each: Order } }. To take the payload unchecked, write { validate: false }.',
  };
}
