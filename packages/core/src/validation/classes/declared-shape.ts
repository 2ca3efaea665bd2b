import type { Class } from '../../http/class';
import { findPrimitiveType } from './primitive-types';

/** Whether the type of a property, as TypeScript has it, is a list. */
export type Shape = 'list' | 'single';

/** Finds the shape of a property; undefined if the compiler emitted no type, or one that says nothing. */
export function findShape(type: Class, property: string, named: unknown): Shape | undefined {
  const declared = readDeclaredType(type, property);
  if (typeof declared !== 'function' || VAGUE_TYPES.has(declared)) return undefined;
  const isList = [Array, Set].some((list) => declared === list || declared.prototype instanceof list);
  if (isList) return 'list';
  // A text, number … without `@Type` is left to the rules.
  return RULED_TYPES.has(declared) && findPrimitiveType(named) === undefined ? undefined : 'single';
}

/** Answers whether a value has the shape. Rules decide about null and undefined. */
export function fitsShape(shape: Shape | undefined, value: unknown): boolean {
  if (shape === undefined || value === undefined || value === null) return true;
  return (Array.isArray(value) || value instanceof Set) === (shape === 'list');
}

/** The compiler emits `Object` for unions and interfaces. */
const VAGUE_TYPES: ReadonlySet<unknown> = new Set([Object, Function, Promise, Symbol]);
const RULED_TYPES: ReadonlySet<unknown> = new Set([String, Number, Boolean, BigInt, Date]);

/** Reads the type that the compiler emitted; undefined if no program has loaded reflect-metadata. */
export function readDeclaredType({ prototype }: Class, property: string): unknown {
  const { getMetadata } = Reflect as { readonly getMetadata?: typeof Reflect.getMetadata };
  return getMetadata?.('design:type', prototype as object, property);
}
