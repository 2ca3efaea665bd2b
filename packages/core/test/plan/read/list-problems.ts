import { ConfigurationError, createApp, type Class } from '../../../src';

/** A problem of a start: its code, and its place without the class. */
export type Start = { readonly code: string; readonly place: string };

/** Lists the problems that stop an application with this controller from starting. */
export async function listProblems(type: Class): Promise<Start[]> {
  try {
    await createApp({ controllers: [type] });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ code, place }) => ({ code, place: place.split('.')[1] ?? place }));
  }
}

/** The problems of methods whose first parameter has lost its type. */
export function lost(...names: readonly string[]): Start[] {
  return names.map((name) => ({ code: 'PARAMETER_TYPE_LOST', place: `${name}, parameter 0` }));
}
