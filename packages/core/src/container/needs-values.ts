import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import { hasRules } from '../validation/classes/class-rules';

/**
 * Answers whether the values of a class come from outside: it has validation rules, and neither `@Injectable` nor
 * `@Controller` says that the container makes it. A new instance would have values that nothing has checked.
 */
export function needsValues(type: Class): boolean {
  const isMade = metadata.injectable.read(type) !== undefined || metadata.controller.read(type) !== undefined;
  return !isMade && hasRules(type);
}

/** Describes how to provide such a class, for a cure. */
export function describeProviding({ name }: Class): string {
  return `{ token: ${name}, useFactory: … }, for settings config(${name}) of @sluice/config, or @Injectable() before the class`;
}
