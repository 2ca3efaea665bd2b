import type { ConfigurationCode } from './configuration-codes';

/** One mistake found at start-up. */
export interface ConfigurationProblem {
  /** The kind of mistake. Codes never change; docs/errors.md explains each. */
  readonly code: ConfigurationCode;
  /** The place of the mistake: `NotesController.show, parameter 0`, `cors()`, `createApp`. */
  readonly place: string;
  /** Says what is wrong, as a sentence. */
  readonly fault: string;
  /** Says what to write instead, as a sentence. */
  readonly cure: string;
}

/** The two sentences of a problem, without its code and place. */
export type Fault = Pick<ConfigurationProblem, 'fault' | 'cure'>;

/**
 * Reports every mistake at once, before anything listens: as text in `message` and as data in `problems`.
 * Thrown by `createApp`, `listen` and every middleware factory. docs/errors.md explains every code.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  /** Not enumerable, because a console that prints the error already prints them in its message. */
  declare readonly problems: readonly ConfigurationProblem[];

  /** @param found a problem that was found several times, as in a class that many routes use, is reported once */
  constructor(found: readonly ConfigurationProblem[]) {
    const problems = [...new Map(found.map((problem) => [describe(problem), problem])).values()];
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const isLate = problems.every(({ code }) => code === 'APP_STARTED' || code === 'APP_CLOSED');
    const failure = isLate ? 'This is not possible any more' : 'The application cannot start';
    super(`${failure}: ${count}.\n\n${problems.map(describe).join('\n\n')}\n`);
    Object.defineProperty(this, 'problems', { value: Object.freeze(problems) });
  }
}

function describe({ code, place, fault, cure }: ConfigurationProblem): string {
  return `  ${code}  ${place}\n    ${fault}\n    ${cure}`;
}
