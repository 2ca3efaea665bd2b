import type { Manager } from './managers';

/** `esm` is tested with Vitest, `commonjs` with Jest. */
export const TEMPLATES = ['esm', 'commonjs'] as const;

export type Template = (typeof TEMPLATES)[number];

/** Everything that has to be known to make a project. */
export interface CreateOptions {
  /** As given: relative to the folder in which the command runs. */
  readonly folder: string;
  readonly template: Template;
  readonly manager: Manager;
  readonly install: boolean;
  /** The manager uses only what it has in its cache. */
  readonly offline: boolean;
}

/** The options that flags have set; the others are asked for, or have their defaults. */
export type GivenOptions = Partial<CreateOptions> & Pick<CreateOptions, 'manager' | 'offline'>;

/** Gives the rest its defaults. */
export function completeOptions(given: GivenOptions): CreateOptions {
  return { folder: 'my-app', template: 'esm', install: true, ...given };
}
