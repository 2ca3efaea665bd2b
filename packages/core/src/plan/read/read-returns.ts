import type { Problems } from '../../configuration/problems';
import { isStandardSchema } from '../../validation/standard-schema';
import type { Class } from '../../http/class';
import type { ReturnsRecord } from '../../metadata/returns-options';
import { readShapes } from './read-shapes';
import type { ReturnsStep } from '../steps';

/** What a reply is kept to. */
export function readReturns(
  { type: written, options }: ReturnsRecord,
  place: string,
  problems: Problems,
): ReturnsStep[] {
  const isList = Array.isArray(written);
  const type: unknown = isList ? (written as readonly unknown[])[0] : written;
  const each = isList || options.each === true;
  const report = (fault: string, cure: string): void => problems.add('RETURNS_INVALID', place, fault, cure);
  if (isStandardSchema(type)) return [makeStep({ name: 'schema', type, each, shapes: undefined, options })];
  if (typeof type !== 'function') {
    report(
      `The type of @Returns is ${type === undefined ? 'undefined' : 'no class and no Standard Schema'}.`,
      'Give a class with class-validator rules, or a schema. Where it is undefined, two files import one another.',
    );
    return [];
  }
  const shapes = readShapes(type as Class, (owner, field) =>
    report(
      `@Returns can not know what is nested in ${owner.name}.${field}.`,
      `Write @Type(() => …) before it, with a class that has rules.`,
    ),
  );
  const fields = shapes.get(type as Class)!.map(({ name }) => name);
  if (fields.length === 0) {
    report(
      `The class ${type.name} of @Returns has no class-validator rule, so no field would leave.`,
      'Decorate its properties (@IsString() …, or @Allow() for any value).',
    );
    return [];
  }
  for (const name of [...(options.include ?? []), ...(options.exclude ?? [])] as string[])
    if (!fields.includes(name))
      report(
        `@Returns names the field ${JSON.stringify(name)}, and ${type.name} has none of that name.`,
        `It has ${fields.join(', ')}.`,
      );
  return [makeStep({ name: type.name, type: type as Class, each, shapes, options })];
}

function makeStep({ name, each, ...rest }: Omit<ReturnsStep, 'kind'>): ReturnsStep {
  return { kind: 'returns', name: `returns(${each ? `[${name}]` : name})`, each, ...rest };
}
