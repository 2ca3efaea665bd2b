import { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import type { TextProperty } from '../../validation/text-types';
import { readPartClass } from './read-part-class';

/**
 * Reads how the properties of a class are made of texts that do not come with a request, by the rules of a query. Where
 * the compiler emitted no type (`port = 8000`), that of the default counts.
 *
 * @throws ConfigurationError if the class has no rules, or a property that texts cannot become
 */
export function readTexts(type: Class, place: string): readonly TextProperty[] {
  const problems = new Problems();
  const defaults = new type() as Readonly<Record<string, unknown>>;
  const properties = readPartClass(type, 'query', place, problems, undefined, defaults);
  if (properties.length === 0) {
    const cure =
      'Add rules to its properties (@IsString() …). If it has rules, two copies of class-validator are installed: run npm ls class-validator.';
    problems.add(
      'DTO_WITHOUT_RULES',
      place,
      `The class ${type.name || 'without a name'} has no class-validator rules.`,
      cure,
    );
  }
  problems.throwIfAny();
  return properties;
}
