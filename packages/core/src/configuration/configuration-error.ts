import type { ConfigurationCode } from './configuration-codes';

/** One mistake found at start-up: what kind, where, what is wrong and what to write instead. */
export interface ConfigurationProblem {
  /** What kind of mistake it is, in a word that never changes: docs/errors.md. */
  readonly code: ConfigurationCode;
  /** Where the mistake is: `NotesController.show, parameter 0`, `cors()`, `createApp`. */
  readonly place: string;
  /** What is wrong, as a sentence. */
  readonly fault: string;
  /** What to write instead, as a sentence. */
  readonly cure: string;
}

/** What is wrong and what to write instead, where the place is known already. */
export type Fault = Pick<ConfigurationProblem, 'fault' | 'cure'>;

/**
 * Thrown by `createApp`, `listen` and every middleware factory: all mistakes at once, before anything listens.
 * `problems` has them as data; `message` as text. Every code is explained in docs/errors.md.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  /** Not enumerable: a console that prints the error prints its message, which has them all. */
  declare readonly problems: readonly ConfigurationProblem[];

  /** @param found the same problem found several times (a class that many need) is told once */
  constructor(found: readonly ConfigurationProblem[]) {
    const problems = [...new Map(found.map((problem) => [describe(problem), problem])).values()];
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`The application cannot start: ${count}.\n\n${problems.map(describe).join('\n\n')}\n`);
    Object.defineProperty(this, 'problems', { value: Object.freeze(problems) });
  }
}

function describe({ code, place, fault, cure }: ConfigurationProblem): string {
  return `  ${code}  ${place}\n    ${fault}\n    ${cure}`;
}
