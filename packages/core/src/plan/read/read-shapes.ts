import type { Fault } from '../../configuration/configuration-error';
import type { Class } from '../../http/class';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import { findNearest, readChain } from '../../metadata/class-chain';
import { readDesignType } from '../../metadata/store';
import { isNested, readRules } from '../../validation/classes/class-rules';
import { readReplyKey } from '../../validation/classes/conversion';
import { readNamedType, type NamedType } from '../../validation/classes/named-type';
import type { FieldShape, Shapes, UnionShape } from '../steps';

/**
 * Reads the fields that class-validator's rules name, of a class and of every class nested in it.
 * Loads class-validator and class-transformer, so only applications with such a class pay for them.
 *
 * @param report called with each nested field whose class is unknown
 */
export function readShapes(type: Class, report: (fault: Fault) => void): Shapes {
  const shapes = new Map<Class, readonly FieldShape[]>();
  const add = (owner: Class): void => {
    if (shapes.has(owner)) return;
    const fields = readFields(owner, report);
    shapes.set(owner, Object.freeze(fields));
    for (const { type: nested, union } of fields)
      for (const one of [nested, union?.base, ...(union?.types.values() ?? [])])
        if (one !== undefined) add(one);
  };
  add(type);
  return shapes;
}

function readFields(owner: Class, report: (fault: Fault) => void): FieldShape[] {
  const names = [...new Set(readRules(owner).map(({ propertyName }) => propertyName))];
  return names.flatMap((name): readonly FieldShape[] => {
    const key = readReplyKey(owner, name);
    if (key === undefined) return [];
    const named = readNamedType(owner, name);
    const fault = findFault(named, isNested(owner, name), `${owner.name}.${name}`);
    if (fault !== undefined) report(fault);
    const union = named && readUnion(named);
    return [
      Object.freeze({
        name,
        key,
        type: findNestedType(owner, name, named),
        ...(union && { union }),
        ...(named?.collection === Map && { isMap: true as const }),
      }),
    ];
  });
}

function readUnion({ discriminator, base }: NamedType): UnionShape | undefined {
  if (discriminator === undefined) return undefined;
  const { property, types } = discriminator;
  return Object.freeze({ property, types, base: isRuledClass(base) ? base : undefined });
}

/** The type in `@Type`, or else the type that the compiler emitted, if it is a class with rules. */
function findNestedType(owner: Class, name: string, named: NamedType | undefined): Class | undefined {
  if (named?.discriminator !== undefined) return undefined;
  const type =
    named?.fixed ?? findNearest(readChain(owner), ({ prototype }) => readDesignType(prototype, name));
  return isRuledClass(type) ? type : undefined;
}

function isRuledClass(type: unknown): type is Class {
  return typeof type === 'function' && !BUILT_IN_TYPES.has(type) && readRules(type as Class).length > 0;
}

/** Without the class of a nested field, all fields of its values would be sent, or none. */
function findFault(named: NamedType | undefined, nested: boolean, place: string): Fault | undefined {
  if (named === undefined) return nested ? describeUnknown(place) : undefined;
  if (named.discriminator === undefined && named.fixed === undefined) return describeChosen(place);
  const classes = named.discriminator === undefined ? [named.fixed] : [...named.discriminator.types.values()];
  const bare = nested ? classes.find((one) => !isRuledClass(one)) : undefined;
  return bare === undefined ? undefined : describeRuleless(place, (bare as { readonly name: string }).name);
}

function describeUnknown(place: string): Fault {
  return {
    fault: `@Returns does not know the class that is nested in ${place}.`,
    cure: 'Add @Type(() => …) to it, with a class that has rules.',
  };
}

function describeChosen(place: string): Fault {
  return {
    fault: `@Returns does not know the class that is nested in ${place}, because each value chooses it.`,
    cure: 'Name the classes with a discriminator in @Type, or give @Returns a schema.',
  };
}

function describeRuleless(place: string, name: string): Fault {
  return {
    fault: `@Returns does not know the fields of ${name}, which is nested in ${place} and has no class-validator rules.`,
    cure: 'Add rules to its properties: @IsString() …, or @Allow() for any value.',
  };
}
