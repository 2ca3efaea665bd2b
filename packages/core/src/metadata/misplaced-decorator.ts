import { ConfigurationError } from '../configuration/configuration-error';
import type { Property } from './store';

/** Makes the error of a decorator in a place where it has no effect. It is thrown while the class is defined. */
export function makeMisplaced(place: string, fault: string, cure: string): ConfigurationError {
  return new ConfigurationError([{ code: 'DECORATOR_MISPLACED', place, fault, cure }]);
}

/** `NotesController.show`, for a prototype or, with a static method, a class. */
export function nameMember(target: object, property: Property): string {
  const type = typeof target === 'function' ? target : target.constructor;
  return property === undefined ? type.name : `${type.name}.${String(property)}`;
}

/**
 * Checks that a decorator has its parentheses. Without them it receives the method in place of its own arguments, and
 * what it returns replaces the method.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED
 */
export function checkCalled(name: string, [target, property]: readonly unknown[]): void {
  const isMember = typeof property === 'string' || typeof property === 'symbol';
  if (!isMember || target === null || (typeof target !== 'object' && typeof target !== 'function')) return;
  const fault = `@${name} has no parentheses, so it would replace the method.`;
  throw makeMisplaced(nameMember(target, property), fault, `Write @${name}().`);
}
