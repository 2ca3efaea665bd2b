import { ConfigurationError, type Class, type ConfigurationProblem } from '@sluice/core';
import { outlineClass, readTexts, type TextProperty } from '@sluice/core/kit';
import { readSecrets } from './secret';
import type { Setting } from './setting';

/** A class, and how it is made of variables. */
export interface ClassSettings {
  readonly properties: readonly TextProperty[];
  readonly settings: readonly Setting[];
}

/**
 * Reads the settings of a class.
 *
 * @throws ConfigurationError if a property has no rules, or a type that texts cannot become
 */
export function readSettings(type: Class, place: string): ClassSettings {
  const properties = readTexts(type, place);
  const secrets = readSecrets(type);
  const outline = outlineClass(type);
  const settings = properties.flatMap(({ key, coercion }): Setting[] => {
    const found = outline.find((one) => one.key === key);
    if (found === undefined) return [];
    const property = found.name;
    const isSecret = secrets.has(property);
    const isText = coercion === undefined || coercion.coercion === 'text';
    return [
      { name: key, property, isSecret, isList: coercion?.list === true, isText, initial: found.initial },
    ];
  });
  const lost = [...secrets].filter((secret) => !settings.some(({ property }) => property === secret));
  if (lost.length > 0) throw new ConfigurationError(lost.map((name) => describeLost(type, name, place)));
  return { properties, settings };
}

function describeLost({ name: owner }: Class, name: string, place: string): ConfigurationProblem {
  return {
    code: 'DTO_WITHOUT_RULES',
    place,
    fault: `${owner}.${name} has @Secret but no rule of class-validator, so nothing reads it.`,
    cure: 'Add a rule to it: @IsString(), @MinLength(32) …',
  };
}
