import { readBodyGiven, type BodyGiven } from '../body-options';
import { decorateParameter, decoratePart } from '../decorate-parameter';
import type { ParameterOptions, ParameterType, PathParameterOptions } from '../parameter-options';
import type { PartGiven } from '../../validation/validation-target';

/**
 * A segment of the path: `@Param('id') id: number`. It is always there. The type is what the compiler emitted, or
 * given: `@Param('id', 'uuid')`, `@Param('size', { enum: Size })`. Without a name all of them, as with `@Query`.
 */
export function Param<T extends ParameterType>(
  name: string,
  ...given: [type?: T | PathParameterOptions<T>]
): ParameterDecorator;
export function Param(...given: PartGiven): ParameterDecorator;
export function Param(...given: readonly unknown[]): ParameterDecorator {
  return decoratePart('param', given);
}

/**
 * The first value of a name in the query, undefined where there is none; of a list every value. Without a name all
 * of it: an instance of a class with class-validator rules, each property made into its type, or the output of a
 * Standard Schema; what the class does not know is answered with 422.
 *
 * @example list(@Query('tag', [String]) tags: string[], @Query('limit', { type: 'integer', default: 20 }) limit: number) { … }
 */
export function Query<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator;
export function Query(...given: PartGiven): ParameterDecorator;
export function Query(...given: readonly unknown[]): ParameterDecorator {
  return decoratePart('query', given);
}

/** A request header, repeated lines combined; undefined where there is none. Without a name all that a class or schema takes: `userAgent` reads `user-agent`. */
export function Header<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator;
export function Header(...given: PartGiven): ParameterDecorator;
export function Header(...given: readonly unknown[]): ParameterDecorator {
  return decoratePart('header', given);
}

/** A cookie, decoded; undefined where there is none. Without a name all that a class or schema takes. */
export function Cookie<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator;
export function Cookie(...given: PartGiven): ParameterDecorator;
export function Cookie(...given: readonly unknown[]): ParameterDecorator {
  return decoratePart('cookie', given);
}

/**
 * The body. Read as JSON, but as text where the parameter's type is string and as bytes where it is Uint8Array;
 * `@Body('form')` says it outright. A class with class-validator rules is validated, and so is a Standard Schema
 * (zod, valibot, arktype), whose output is what the handler gets; a list needs `@Body({ each: Item })`.
 * Other content types are answered with 415.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example create(@Body({ unknownKeys: 'strip' }) note: CreateNote) { … }
 */
export function Body(...given: BodyGiven): ParameterDecorator {
  return decorateParameter({ kind: 'body', name: 'body', ...readBodyGiven(given) });
}

/** A label of the host that was asked for, in lower case: `@HostParam('tenant')` with the host `:tenant.example.com`. */
export function HostParam(name: string): ParameterDecorator {
  return decorateParameter({ kind: 'host', name });
}

/** The whole context: request, response, shared values. */
export function Ctx(): ParameterDecorator {
  return decorateParameter({ kind: 'context', name: 'context' });
}
