import { parsePartGiven, type PartGiven } from './body-options';
import { metadata } from './metadata';
import { makeMisplaced, nameMember } from './misplaced-decorator';
import { parseGivenType, type RepeatedOptions } from './parameter-options';
import type { ParameterRecord } from './records';

/**
 * Makes a parameter decorator that writes one record.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on a constructor parameter
 */
export function decorateParameter(record: Omit<ParameterRecord, 'index'>): ParameterDecorator {
  return (prototype, property, index) => {
    if (property === undefined) {
      const fault = `A parameter decorator (${record.name}) is on a constructor parameter.`;
      throw makeMisplaced(nameMember(prototype, undefined), fault, 'Put it on a parameter of a handler.');
    }
    metadata.parameters.prepend([{ ...record, index }], prototype, property);
  };
}

/** Makes the decorator of one text of the request. `given` is its type, its options, or nothing. */
export function decorateText(
  kind: ParameterRecord['kind'],
  name: string,
  given: readonly unknown[],
): ParameterDecorator {
  const [first] = given;
  const isType = typeof first !== 'object' || first === null || Array.isArray(first);
  if (isType) return decorateParameter({ kind, name, type: parseGivenType(given) });
  const { type, ...options } = first as RepeatedOptions;
  return decorateParameter({
    kind,
    name,
    type: 'type' in first ? parseGivenType([type]) : undefined,
    options,
  });
}

/** Makes the decorator of a part of the request: of one text of it if the first argument is a name, else of all of it. */
export function decoratePart(
  kind: 'param' | 'query' | 'header' | 'cookie',
  given: readonly unknown[],
): ParameterDecorator {
  const [name, ...types] = given;
  if (typeof name === 'string') return decorateText(kind, name, types);
  const decorator = `@${kind[0]!.toUpperCase()}${kind.slice(1)}`;
  return decorateParameter({
    kind,
    name: kind,
    whole: true,
    ...parsePartGiven(decorator, given as PartGiven),
  });
}
