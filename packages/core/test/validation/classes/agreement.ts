import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { HttpError, type Class, type ValidationOptions } from '../../../src';
import { compileValidator } from '../../../src/validation/compile-validator';

/** The broken rules that a check found, each as `pointer code: text`, in alphabetical order. */
export type Outcome = readonly string[];

/** The outcome of Sluice's check. */
export async function judge(type: Class, plain: unknown, options: ValidationOptions = {}): Promise<Outcome> {
  try {
    await compileValidator(type, options)(plain, 'body');
    return [];
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return error.errors!.map(({ pointer, code, detail }) => `${pointer} ${code}: ${detail}`).sort();
  }
}

/** The outcome of class-validator's check of an instance that class-transformer has made. */
export async function judgeByPeer(
  type: Class,
  plain: unknown,
  { groups, unknownKeys }: ValidationOptions = {},
): Promise<Outcome> {
  const errors = await validate(plainToInstance(type, plain) as object, {
    ...(groups && { groups: [...groups] }),
    whitelist: true,
    forbidNonWhitelisted: unknownKeys !== 'strip',
    forbidUnknownValues: true,
  });
  return errors.flatMap((error) => list(error, '')).sort();
}

function list({ property, constraints, children }: ValidationError, parent: string): string[] {
  const pointer = `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(constraints ?? {}).map(([code, text]) => `${pointer} ${code}: ${text}`);
  return [...own, ...(children ?? []).flatMap((child) => list(child, pointer))];
}

/** The outcome as class-validator has it: it reports a rule with `each` once, for the list, and not for each item. */
export function pointAtLists(outcome: Outcome, ...properties: readonly string[]): Outcome {
  const item = new RegExp(`^((?:/[^ ]+)?/(?:${properties.join('|')}))/\\d+ (?!nestedValidation)`);
  return [...new Set(outcome.map((one) => one.replace(item, '$1 ')))].sort();
}
