import { parseBodyGiven, type BodyGiven, type PartGiven, type QueryGiven } from '../body-options';
import { decorateParameter, decoratePart } from '../decorate-parameter';
import type {
  ParameterOptions,
  ParameterType,
  PathParameterOptions,
  RepeatedOptions,
} from '../parameter-options';

/**
 * Reads a parameter of the path. Its type is the one that the compiler emitted, unless the decorator gives one:
 * `@Param('id', 'uuid')`, `@Param('size', { enum: Size })`. A text that does not fit the type is answered with 422.
 * Without a name it reads all parameters, as `@Query` does. `@Param('*')` reads the rest of a path that ends with `/*`.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example show(@Param('id') id: number) { … }
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
 * Reads a value of the query: the first one of the name, or every one if the type is a list. It is undefined, or the
 * `default`, if the query has none. A text that does not fit the type is answered with 422.
 *
 * Without a name it reads the whole query: an instance of a class with class-validator rules, whose properties are
 * converted to their types, or the output of a Standard Schema. A name without a rule is answered with 422. Lists are
 * read from names with brackets (`tags[]=a`) with `{ brackets: true }`.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example list(@Query('tag', [String]) tags: string[], @Query('limit', { type: 'integer', default: 20 }) limit: number) { … }
 */
export function Query<T extends ParameterType>(
  name: string,
  ...given: [type?: T | RepeatedOptions<T>]
): ParameterDecorator;
export function Query(...given: QueryGiven): ParameterDecorator;
export function Query(...given: readonly unknown[]): ParameterDecorator {
  return decoratePart('query', given);
}

/**
 * Reads a request header, with repeated lines combined; undefined if there is none. Without a name it reads the headers
 * that a class or a schema has: `userAgent` reads `user-agent`.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example show(@Header('Accept-Language') language?: string) { … }
 */
export function Header<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator;
export function Header(...given: PartGiven): ParameterDecorator;
export function Header(...given: readonly unknown[]): ParameterDecorator {
  return decoratePart('header', given);
}

/**
 * Reads a cookie, decoded; undefined if there is none. Without a name it reads the cookies that a class or a schema has.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example show(@Cookie('theme') theme?: string) { … }
 */
export function Cookie<T extends ParameterType>(
  name: string,
  ...given: [type?: T | ParameterOptions<T>]
): ParameterDecorator;
export function Cookie(...given: PartGiven): ParameterDecorator;
export function Cookie(...given: readonly unknown[]): ParameterDecorator {
  return decoratePart('cookie', given);
}

/**
 * Reads the body: as text if the parameter is a string, as bytes if it is a Uint8Array, else as JSON. The decorator can
 * also name the format: `@Body('form')`. Other content types are answered with 415.
 *
 * A class with class-validator rules checks the body, and so does a Standard Schema (zod, valibot, arktype), whose
 * output the handler receives. A list needs `@Body({ each: Item })`. A body that nothing checks refuses to start, unless
 * `{ validate: false }` asks for it as it comes. With `{ required: false }` an empty body is undefined.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, DECORATOR_MISPLACED
 * @example create(@Body({ unknownKeys: 'strip' }) note: CreateNote) { … }
 */
export function Body(...given: BodyGiven): ParameterDecorator {
  return decorateParameter({ kind: 'body', name: 'body', ...parseBodyGiven(given) });
}

/**
 * Reads a label of the requested host, in lower case. The controller's `host` names it: `:tenant.example.com`.
 * `@HostParam('*')` reads the labels that the `*` of `*.example.com` matches.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED
 * @example list(@HostParam('tenant') tenant: string) { … }
 */
export function HostParam(name: string): ParameterDecorator {
  return decorateParameter({ kind: 'host', name });
}

/**
 * Passes the whole context: the request, the response and the shared values.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED
 * @example show(@Ctx() context: Context) { … }
 */
export function Ctx(): ParameterDecorator {
  return decorateParameter({ kind: 'context', name: 'context' });
}
