import { readBodyGiven, type BodyGiven } from './body-options';
import { decorateParameter, decorateText } from './decorate-parameter';
import type { ParameterOptions, ParameterType, PathParameterOptions } from './parameter-options';

/**
 * A segment of the path: `@Param('id') id: number`. It is always there. The type is what the compiler emitted, or
 * given: `@Param('id', 'uuid')`, `@Param('size', { enum: Size })`.
 */
export function Param<T extends ParameterType>(
  name: string,
  ...given: [type?: T | PathParameterOptions<T>]
): ParameterDecorator {
  return decorateText('param', name, given);
}

/**
 * The first value of a name in the query, undefined where there is none; of a list every value.
 *
 * @example list(@Query('tag', [String]) tags: string[], @Query('limit', { type: 'integer', default: 20 }) limit: number) { … }
 */
export function Query<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator {
  return decorateText('query', name, given);
}

/** A request header, repeated lines combined; undefined where there is none. */
export function Header<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator {
  return decorateText('header', name, given);
}

/** A cookie, decoded; undefined where there is none. */
export function Cookie<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator {
  return decorateText('cookie', name, given);
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

/** The whole context: request, response, shared values. */
export function Ctx(): ParameterDecorator {
  return decorateParameter({ kind: 'context', name: 'context' });
}
