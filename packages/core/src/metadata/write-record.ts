import { makeMisplaced, nameMember } from './misplaced';
import { prependOwn, readOwn, writeOwn } from './store';

/**
 * Writes a record on a class, or on a method of its prototype.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED for static methods: no route could call them
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
  if (typeof prototype === 'function') {
    const fault =
      'The decorator belongs on a method of an instance, and stands on a class or a static method.';
    throw makeMisplaced(nameMember(prototype, property), fault, 'Put it on a method that is not static.');
  }
  const present = readOwn<readonly (string | symbol)[]>('properties', prototype) ?? [];
  if (!present.includes(property)) writeOwn('properties', Object.freeze([...present, property]), prototype);
}
