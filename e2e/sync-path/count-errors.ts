import { HttpError } from '@sluice/core';

const BUILT_IN = ['Error', 'TypeError', 'RangeError', 'SyntaxError'] as const;

/** The errors that were constructed while something ran, thrown or not. */
export interface ErrorCount {
  readonly errors: number;
  /** Those whose stack has frames. */
  readonly traced: number;
}

/** Counts the errors that are constructed while `run` runs: HttpErrors, and errors of the built-in types. */
export function countErrors(run: () => void): ErrorCount {
  const made: Error[] = [];
  const watch = <T extends ErrorConstructor>(type: T): T =>
    new Proxy(type, {
      construct(target, values, newTarget) {
        const error = Reflect.construct(target, values, newTarget) as Error;
        made.push(error);
        return error;
      },
    });
  const types = BUILT_IN.map((name) => [name, globalThis[name]] as const);
  for (const [name, type] of types) globalThis[name] = watch(type);
  Object.setPrototypeOf(HttpError, globalThis.Error);
  try {
    run();
  } finally {
    for (const [name, type] of types) globalThis[name] = type;
    Object.setPrototypeOf(HttpError, globalThis.Error);
  }
  const traced = made.filter(({ stack }) => stack?.includes('\n    at '));
  return { errors: made.length, traced: traced.length };
}
