import type { ConfigurationError } from '../configuration/configuration-error';
import { makeMisplaced, nameMember } from './misplaced';
import { prependOwn, readOwn, writeOwn } from './store';

/**
 * Writes a record on a class, or on a method of its prototype.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED for static methods, which no route could call, and for decorators
 * that are none of TypeScript's
 */
export function writeRecord(
  name: string,
  value: unknown,
  target: object,
  property: string | symbol | undefined,
): void {
  if (property !== undefined) noteProperty(target, property);
  writeOwn(name, value, target, property);
}

/** Puts records in front of those that a class or method has under the name. Throws like `writeRecord`. */
export function prependRecords(
  name: string,
  records: readonly unknown[],
  target: object,
  property: string | symbol | undefined,
): void {
  if (property !== undefined) noteProperty(target, property);
  prependOwn(name, records, target, property);
}

/** Notes that a method carries a record, so that the plan finds it in the order written. */
function noteProperty(prototype: object, property: string | symbol): void {
  if (typeof property === 'object') throw makeStandard(property);
  if (typeof prototype === 'function') {
    const fault =
      'The decorator belongs on a method of an instance, and stands on a class or a static method.';
    throw makeMisplaced(nameMember(prototype, property), fault, 'Put it on a method that is not static.');
  }
  const present = readOwn<readonly (string | symbol)[]>('properties', prototype) ?? [];
  if (!present.includes(property)) writeOwn('properties', Object.freeze([...present, property]), prototype);
}

/** The decorators of ECMAScript are given the method and what it is called, and nothing of its parameters. */
function makeStandard({ name }: { readonly name?: string | symbol }): ConfigurationError {
  const fault = 'The compiler made an ECMAScript decorator of it, and Sluice takes those of TypeScript.';
  const cure =
    'Set experimentalDecorators and emitDecoratorMetadata to true in the tsconfig.json that it reads.';
  return makeMisplaced(String(name), fault, cure);
}
