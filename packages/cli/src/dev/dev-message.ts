/** The environment variable that names the project to the program that `sluice dev` runs. */
export const PROJECT_VARIABLE = 'SLUICE_DEV_PROJECT';

/** Names the packages that a program loads beforehand, separated by blanks; it then waits for its turn. */
export const STANDBY_VARIABLE = 'SLUICE_DEV_STANDBY';

/** Sent to a program that waits for its turn. */
export const TURN_MESSAGE = { sluice: 'turn' } as const;

/** Sent by the program when an application of it is about to listen. */
export interface PlanMessage {
  readonly sluice: 'plan';
  /** 0 for the first application of the program that listens. */
  readonly index: number;
  readonly text: string;
  /** The packages that the next program may load before its first line. */
  readonly packages: readonly string[];
}

export function isPlanMessage(message: unknown): message is PlanMessage {
  return typeof message === 'object' && message !== null && (message as PlanMessage).sluice === 'plan';
}
