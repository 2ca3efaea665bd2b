import type { Context } from '../http/context';
import { readBodyGiven, type BodyGiven } from './body-options';
import { makeMisplaced, nameMember } from './misplaced';
import { noteProperty } from './note-property';
import type { ParameterRecord, ValueType } from './records';
import { prependOwn } from './store';

function decorate(record: Omit<ParameterRecord, 'index'>): ParameterDecorator {
  return (prototype, property, index) => {
    if (property === undefined) {
      const fault = `A parameter decorator (${record.name}) stands on a constructor parameter.`;
      throw makeMisplaced(nameMember(prototype, undefined), fault, 'Put it on a parameter of a handler.');
    }
    noteProperty(prototype, property);
    prependOwn('parameters', [{ ...record, index }], prototype, property);
  };
}

/** A type that was written and is undefined is not the same as none: it is a circle between two files. */
function readGiven(given: readonly unknown[]): unknown {
  return given.length === 0 ? undefined : (given[0] ?? null);
}

/** A segment of the path: `@Param('id') id: number`. A type can be given where the compiler emits none. */
export function Param(name: string, ...given: [type?: ValueType]): ParameterDecorator {
  return decorate({ kind: 'param', name, type: readGiven(given) });
}

/** The first value of a name in the query; undefined where there is none; all values where the type is Array. */
export function Query(name: string, ...given: [type?: ValueType]): ParameterDecorator {
  return decorate({ kind: 'query', name, type: readGiven(given) });
}

/** A request header, repeated lines combined; undefined where there is none. */
export function Header(name: string, ...given: [type?: ValueType]): ParameterDecorator {
  return decorate({ kind: 'header', name, type: readGiven(given) });
}

/** A cookie, decoded; undefined where there is none. */
export function Cookie(name: string, ...given: [type?: ValueType]): ParameterDecorator {
  return decorate({ kind: 'cookie', name, type: readGiven(given) });
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
  return decorate({ kind: 'body', name: 'body', ...readBodyGiven(given) });
}

/** The whole context: request, response, shared values. */
export function Ctx(): ParameterDecorator {
  return decorate({ kind: 'context', name: 'context' });
}

/**
 * Makes a parameter decorator of your own. `readValue` may return a promise; what it throws becomes the response.
 * Its second parameter is what the decorator is called with, and may be optional.
 *
 * @param options `needs`: the name of the middleware whose work is read; a route without it refuses to start
 *
 * @example
 * const User = createParameterDecorator('User', (context) => context.get(USER) ?? fail());
 * show(@User() user: UserRecord) { … }
 */
export function createParameterDecorator<Data = void, Value = unknown>(
  name: string,
  readValue: (context: Context, data: Data) => Value,
  options: { readonly needs?: string } = {},
): (...data: undefined extends Data ? [data?: Data] : [data: Data]) => ParameterDecorator {
  return (...[data]) =>
    decorate({ kind: 'custom', name, ...options, read: (context) => readValue(context, data as Data) });
}
