import { makeMisplaced, nameMember } from './misplaced';
import { noteProperty } from './note-property';
import type { ParameterRecord } from './records';
import { prependOwn } from './store';

/** Makes a parameter decorator that writes one record. */
export function decorateParameter(record: Omit<ParameterRecord, 'index'>): ParameterDecorator {
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
export function readGiven(given: readonly unknown[]): unknown {
  return given.length === 0 ? undefined : (given[0] ?? null);
}
