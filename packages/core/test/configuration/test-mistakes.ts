import { ConfigurationError } from '../../src';
import { toProblem, type Mistake } from './mistake';

/** Declares a test for each mistake: it is reported with its code, place, fault and cure. */
export function testMistakes(mistakes: readonly Mistake[]): void {
  it.each(mistakes.map((mistake) => [mistake.code, mistake.when, mistake] as const))(
    '%s when %s',
    async (_code, _when, mistake) => {
      const error = await catchError(mistake.make);
      expect(error).toBeInstanceOf(ConfigurationError);
      const { problems, message } = error as ConfigurationError;
      expect(problems).toContainEqual(toProblem(mistake));
      const { code, place, fault, cure } = mistake;
      expect(message).toContain(`  ${code}  ${place}\n    ${fault}\n    ${cure}\n`);
    },
  );
}

/** The error that the function throws or rejects with, or undefined. */
export async function catchError(make: () => unknown): Promise<unknown> {
  try {
    await make();
  } catch (error) {
    return error;
  }
  return undefined;
}
