import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import { hasRules } from '../validation/classes/class-rules';

/**
 * Answers whether the values of a class come from outside: it has validation rules, and no `@Injectable` says that the
 * container makes it. A new instance would have values that nothing has checked.
 */
export function needsValues(type: Class): boolean {
  return metadata.injectable.read(type) === undefined && hasRules(type);
}

/** Describes how to provide such a class, for a cure. */
export function describeProviding({ name }: Class): string {
  return `{ token: ${name}, useFactory: … }, for settings config(${name}) of @sluice/config, or @Injectable() before the class`;
}
