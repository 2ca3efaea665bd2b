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

/** ECMAScript decorators receive an object in place of the property's name, and do not exist for parameters. */
export function makeEcmaScript({ name }: { readonly name?: string | symbol }): ConfigurationError {
  const fault = 'The compiler emits ECMAScript decorators, but Sluice needs those of TypeScript.';
  const cure =
    'Set experimentalDecorators and emitDecoratorMetadata to true in the tsconfig.json that the compiler reads.';
  return makeMisplaced(String(name), fault, cure);
}

/**
 * Checks that a decorator is on a method of an instance, which is called without a request.
 *
 * @param decorator as it is written: `@Daily`
 * @param given what the decorator received
 * @throws ConfigurationError DECORATOR_MISPLACED
 */
export function checkOnMethod(
  decorator: string,
  ...[target, property, third]: readonly [object, string | symbol, unknown]
): void {
  if (typeof property === 'object') throw makeEcmaScript(property);
  const where = findWrongPlace(target, property, third);
  if (where === undefined) return;
  const cure = 'Put it on a method of an instance that the container makes.';
  throw makeMisplaced(nameMember(target, property), `${decorator} is on ${where}.`, cure);
}

function findWrongPlace(target: object, property: string | symbol, third: unknown): string | undefined {
  if (typeof third === 'number') return 'a parameter';
  if (typeof target === 'function') return property === undefined ? 'a class' : 'a static method';
  const descriptor = Object.getOwnPropertyDescriptor(target, property);
  if (descriptor === undefined) return 'a property';
  return typeof descriptor.value === 'function' ? undefined : 'a getter or setter';
}

/**
 * Checks that a decorator has its parentheses. Without them it receives the method in place of its own arguments, and
 * what it returns replaces the method.
 *
 * @param effect what would happen without them
 * @throws ConfigurationError DECORATOR_MISPLACED
 */
export function checkCalled(
  name: string,
  [target, property]: readonly unknown[],
  effect = 'it would replace the method',
): void {
  const isMember = typeof property === 'string' || typeof property === 'symbol';
  if (!isMember || target === null || (typeof target !== 'object' && typeof target !== 'function')) return;
  const fault = `@${name} has no parentheses, so ${effect}.`;
  throw makeMisplaced(nameMember(target, property), fault, `Write @${name}().`);
}
