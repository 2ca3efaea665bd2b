/** The environment variable that names the project to the program that `sluice dev` runs. */
export const PROJECT_VARIABLE = 'SLUICE_DEV_PROJECT';

/** Sent by the program when it is about to listen. */
export interface PlanMessage {
  readonly sluice: 'plan';
  readonly text: string;
}

export function isPlanMessage(message: unknown): message is PlanMessage {
  return typeof message === 'object' && message !== null && (message as PlanMessage).sluice === 'plan';
}
