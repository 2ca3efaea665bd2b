import { ConfigurationError } from '../configuration/configuration-error';

/** The error of a decorator that stands where it can not mean anything: thrown when the class is defined. */
export function makeMisplaced(place: string, fault: string, cure: string): ConfigurationError {
  return new ConfigurationError([{ code: 'DECORATOR_MISPLACED', place, fault, cure }]);
}

/** `NotesController.show`, for a prototype or (static methods) a class. */
export function nameMember(target: object, property: string | symbol | undefined): string {
  const type = typeof target === 'function' ? target : target.constructor;
  return property === undefined ? type.name : `${type.name}.${String(property)}`;
}
