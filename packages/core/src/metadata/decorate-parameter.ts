import { readBodyGiven, type BodyGiven } from './body-options';
import { makeMisplaced, nameMember } from './misplaced';
import type { ParameterOptions } from './parameter-options';
import type { ParameterRecord } from './records';
import { prependRecords } from './write-record';

/** Makes a parameter decorator that writes one record. */
export function decorateParameter(record: Omit<ParameterRecord, 'index'>): ParameterDecorator {
  return (prototype, property, index) => {
    if (property === undefined) {
      const fault = `A parameter decorator (${record.name}) stands on a constructor parameter.`;
      throw makeMisplaced(nameMember(prototype, undefined), fault, 'Put it on a parameter of a handler.');
    }
    prependRecords('parameters', [{ ...record, index }], prototype, property);
  };
}

/** Makes the decorator of one text of the request: its type, or options, stand behind the name. */
export function decorateText(
  kind: ParameterRecord['kind'],
  name: string,
  given: readonly unknown[],
): ParameterDecorator {
  const [first] = given;
  const isType = typeof first !== 'object' || first === null || Array.isArray(first);
  if (isType) return decorateParameter({ kind, name, type: readGiven(given) });
  const { type, ...options } = first as ParameterOptions;
  return decorateParameter({ kind, name, type: 'type' in first ? readGiven([type]) : undefined, options });
}

/** Makes the decorator of one text of the request, where the first of what is given is its name, or else of all of them. */
export function decoratePart(
  kind: 'param' | 'query' | 'header' | 'cookie',
  given: readonly unknown[],
): ParameterDecorator {
  const [name, ...types] = given;
  if (typeof name === 'string') return decorateText(kind, name, types);
  return decorateParameter({ kind, name: kind, whole: true, ...readBodyGiven(given as BodyGiven) });
}

/** A type that was written and is undefined is not the same as none: it is a circle between two files. */
function readGiven(given: readonly unknown[]): unknown {
  return given.length === 0 ? undefined : (given[0] ?? null);
}
