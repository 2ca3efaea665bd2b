import type { ConfigurationCode } from './configuration-codes';

/** One mistake found at start-up: what kind, where, what is wrong and what to write instead. */
export interface ConfigurationProblem {
  readonly code: ConfigurationCode;
  /** Where the mistake is: `NotesController.show, parameter 0`, `cors()`, `createApp`. */
  readonly place: string;
  /** What is wrong, as a sentence. */
  readonly fault: string;
  /** What to write instead, as a sentence. */
  readonly cure: string;
}

/**
 * Thrown by `createApp`, `listen` and every middleware factory: all mistakes at once, before anything listens.
 * `problems` has them as data; `message` as text. Every code is explained in docs/errors.md.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    super(describe(problems));
    this.problems = Object.freeze([...problems]);
  }
}

function describe(problems: readonly ConfigurationProblem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(
    ({ code, place, fault, cure }) => `  ${code}  ${place}\n    ${fault}\n    ${cure}`,
  );
  return `The application can not start: ${count}.\n\n${lines.join('\n\n')}\n`;
}
