import type { Class } from '../../http/class';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import { findNearest, readChain } from '../../metadata/class-chain';
import { readDesignType } from '../../metadata/store';
import { readRules } from '../../validation/classes/class-rules';
import { readNamedType } from '../../validation/classes/named-type';
import type { FieldShape, Shapes } from '../steps';

/**
 * Reads the fields that class-validator's rules name, of a class and of every class nested in it.
 * Loads class-validator and class-transformer, so only applications with such a class pay for them.
 *
 * @param onUnknown called with each nested field whose class is unknown
 */
export function readShapes(type: Class, onUnknown: (owner: Class, field: string) => void): Shapes {
  const shapes = new Map<Class, readonly FieldShape[]>();
  const add = (owner: Class): void => {
    if (shapes.has(owner)) return;
    const fields = readFields(owner, onUnknown);
    shapes.set(owner, Object.freeze(fields));
    for (const { type: nested } of fields) if (nested !== undefined) add(nested);
  };
  add(type);
  return shapes;
}

function readFields(owner: Class, onUnknown: (owner: Class, field: string) => void): FieldShape[] {
  const rules = readRules(owner);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  return names.map((name) => {
    const isNested = rules.some((rule) => rule.propertyName === name && rule.type === 'nestedValidation');
    const written = readNamedType(owner, name)?.fixed;
    if (isNested && written === undefined) onUnknown(owner, name);
    return Object.freeze({ name, type: findNestedType(owner, name, written) });
  });
}

/** The written type, or else the type that the compiler emitted, if it is a class with rules. */
function findNestedType(owner: Class, name: string, written: unknown): Class | undefined {
  const type = written ?? findNearest(readChain(owner), ({ prototype }) => readDesignType(prototype, name));
  const isOwnClass = typeof type === 'function' && !BUILT_IN_TYPES.has(type);
  return isOwnClass && readRules(type as Class).length > 0 ? (type as Class) : undefined;
}
