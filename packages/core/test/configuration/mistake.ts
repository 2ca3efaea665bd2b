import { createApp, type AppOptions, type ConfigurationCode, type ConfigurationProblem } from '../../src';

/** A mistake, and every word that is said about it. */
export interface Mistake {
  readonly code: ConfigurationCode;
  /** What is wrong, for the name of the test. */
  readonly when: string;
  /** Throws, or rejects. */
  readonly make: () => unknown;
  readonly place: string;
  readonly fault: string;
  readonly cure: string;
}

/** Makes an application out of something that the types would not let pass. */
export function start(options: { readonly [name in keyof AppOptions]: unknown }): Promise<unknown> {
  return createApp(options as AppOptions);
}

export function toProblem({ code, place, fault, cure }: Mistake): ConfigurationProblem {
  return { code, place, fault, cure };
}
