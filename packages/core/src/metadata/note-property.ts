import { makeMisplaced, nameMember } from './misplaced';
import { readOwn, writeOwn } from './store';

/**
 * Notes that a method carries a record, so that the plan finds it in the order written.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED for static methods and classes: no route could call them
 */
export function noteProperty(prototype: object, property: string | symbol): void {
  if (typeof prototype === 'function') {
    const fault =
      'The decorator belongs on a method of an instance, and stands on a class or a static method.';
    throw makeMisplaced(nameMember(prototype, property), fault, 'Put it on a method that is not static.');
  }
  const present = readOwn<readonly (string | symbol)[]>('properties', prototype) ?? [];
  if (!present.includes(property)) writeOwn('properties', Object.freeze([...present, property]), prototype);
}
