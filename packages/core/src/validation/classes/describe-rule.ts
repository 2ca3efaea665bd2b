import type { ValidationArguments } from 'class-validator';

/**
 * Writes the text of a broken rule and replaces class-validator's tokens: `$property`, `$target`, `$constraint1` …
 * `$value` becomes "the value", because a response never contains what the client sent. A message that is a function
 * gets the value and may use it.
 *
 * @param key the name of the property as the client knows it
 */
export function describeRule(
  message: string | ((values: ValidationArguments) => string),
  values: ValidationArguments,
  key: string,
): string {
  const text = typeof message === 'function' ? message(values) : message;
  return String(text).replace(/\$(constraint(\d+)|value|property|target)/g, (token, word: string, index) => {
    if (word === 'value') return 'the value';
    if (word === 'property') return key;
    if (word === 'target') return values.targetName;
    const constraint: unknown = values.constraints?.[Number(index) - 1];
    return Number(index) > (values.constraints?.length ?? 0) ? token : describeConstraint(constraint);
  });
}

function describeConstraint(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.join(', ');
  return typeof constraint === 'symbol' ? String(constraint.description) : String(constraint);
}
