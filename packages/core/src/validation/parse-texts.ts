import { MOST_ERRORS } from './refused-input';
import type { ParseText } from './text-types';

/** The values of texts, and the indexes of the texts that cannot be parsed. */
export interface ParsedTexts {
  readonly values: readonly unknown[];
  readonly wrong: readonly number[];
}

/** Parses every text of a list. Stops when it has found as many wrong ones as a response lists. */
export function parseTexts(texts: readonly string[], parse: ParseText): ParsedTexts {
  const values: unknown[] = [];
  const wrong: number[] = [];
  for (let index = 0; index < texts.length && wrong.length < MOST_ERRORS; index++) {
    const value = parse(texts[index]!);
    values.push(value);
    if (value === undefined) wrong.push(index);
  }
  return { values, wrong };
}
