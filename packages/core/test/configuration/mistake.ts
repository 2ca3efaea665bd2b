import { createApp, type AppOptions, type ConfigurationCode, type ConfigurationProblem } from '../../src';

/** A mistake, and the problem that it causes. */
export interface Mistake {
  readonly code: ConfigurationCode;
  /** Describes the mistake, for the title of the test. */
  readonly when: string;
  /** Throws, or rejects. */
  readonly make: () => unknown;
  readonly place: string;
  readonly fault: string;
  readonly cure: string;
}

/** Makes an application with options that the types would refuse. */
export function start(options: { readonly [name in keyof AppOptions]: unknown }): Promise<unknown> {
  return createApp(options as AppOptions);
}

export function toProblem({ code, place, fault, cure }: Mistake): ConfigurationProblem {
  return { code, place, fault, cure };
}
