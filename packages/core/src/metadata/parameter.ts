import type { Context } from '../http/context';
import { noteProperty } from './note-property';
import type { BodyFormat, Class, ParameterRecord, ValueType } from './records';
import { prependOwn } from './store';

function decorate(record: Omit<ParameterRecord, 'index'>): ParameterDecorator {
  return (prototype, property, index) => {
    if (property === undefined) {
      throw new TypeError(`@${record.kind}(…) stands on a constructor parameter: it belongs on a handler's.`);
    }
    noteProperty(prototype, property);
    prependOwn('parameters', [{ ...record, index }], prototype, property);
  };
}

/** A segment of the path: `@Param('id') id: number`. A type can be given where the compiler emits none. */
export function Param(name: string, type?: ValueType): ParameterDecorator {
  return decorate({ kind: 'param', name, type });
}

/** The first value of a name in the query; undefined where there is none; all values where the type is Array. */
export function Query(name: string, type?: ValueType): ParameterDecorator {
  return decorate({ kind: 'query', name, type });
}

/** A request header, repeated lines combined; undefined where there is none. */
export function Header(name: string, type?: ValueType): ParameterDecorator {
  return decorate({ kind: 'header', name, type });
}

/** A cookie, decoded; undefined where there is none. */
export function Cookie(name: string, type?: ValueType): ParameterDecorator {
  return decorate({ kind: 'cookie', name, type });
}

/**
 * The body. Read as JSON, but as text where the parameter's type is string and as bytes where it is Uint8Array;
 * `@Body('form')` says it outright. A class with class-validator rules is validated.
 * Other content types are answered with 415.
 */
export function Body(format?: BodyFormat | Class): ParameterDecorator {
  if (typeof format === 'function') return decorate({ kind: 'body', name: 'body', type: format });
  return decorate({ kind: 'body', name: 'body', format });
}

/** The whole context: request, response, shared values. */
export function Ctx(): ParameterDecorator {
  return decorate({ kind: 'context', name: 'context' });
}

/**
 * Makes a parameter decorator of your own. `read` may return a promise; what it throws becomes the response.
 *
 * @example
 * const User = createParameterDecorator('User', (context) => context.get(USER) ?? fail());
 * show(@User() user: UserRecord) { … }
 */
export function createParameterDecorator<Data = void, Value = unknown>(
  name: string,
  readValue: (context: Context, data: Data) => Value,
): (data: Data) => ParameterDecorator {
  return (data) => decorate({ kind: 'custom', name, read: (context) => readValue(context, data) });
}
