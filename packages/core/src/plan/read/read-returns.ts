import type { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import type { ReturnsRecord } from '../../metadata/returns-options';
import { isStandardSchema } from '../../validation/standard-schema';
import type { ReturnsStep } from '../steps';
import { readShapes } from './read-shapes';

/**
 * Reads `@Returns` into the step that restricts replies to its type; undefined where the type does not describe a reply.
 *
 * @param named what messages call it
 */
export function readReturns(
  { type: written, options }: ReturnsRecord,
  place: string,
  problems: Problems,
  named = '@Returns',
): ReturnsStep | undefined {
  const isList = Array.isArray(written);
  const type: unknown = isList ? (written as readonly unknown[])[0] : written;
  const each = isList || options.each === true;
  const say = (text: string): string => text.replaceAll('@Returns', named);
  const report = (fault: string, cure: string): void =>
    problems.add('RETURNS_INVALID', place, say(fault), say(cure));
  if (isStandardSchema(type)) return makeStep({ name: 'schema', type, each, shapes: undefined, options });
  if (typeof type !== 'function') {
    report(
      `The type of @Returns is ${type === undefined ? 'undefined' : 'neither a class nor a Standard Schema'}.`,
      'Pass a class with class-validator rules, or a schema. If the class is undefined, two files import each other.',
    );
    return undefined;
  }
  const shapes = readShapes(type as Class, ({ fault, cure }) => report(fault, cure));
  const fields = shapes.get(type as Class)!.map(({ name }) => name);
  if (fields.length === 0) {
    report(
      `The class ${type.name} of @Returns has no class-validator rules, so none of its fields would be sent.`,
      'Add rules to its properties: @IsString() …, or @Allow() for any value.',
    );
    return undefined;
  }
  for (const name of [...(options.include ?? []), ...(options.exclude ?? [])] as string[])
    if (!fields.includes(name))
      report(
        `@Returns names the field ${JSON.stringify(name)}, which ${type.name} does not have.`,
        `Its fields are ${fields.join(', ')}.`,
      );
  return makeStep({ name: type.name, type: type as Class, each, shapes, options });
}

function makeStep({ name, each, ...rest }: Omit<ReturnsStep, 'kind'>): ReturnsStep {
  return { kind: 'returns', name: `returns(${each ? `[${name}]` : name})`, each, ...rest };
}
