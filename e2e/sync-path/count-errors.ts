import { HttpError } from '@sluice/core';

const BUILT_IN = ['Error', 'TypeError', 'RangeError', 'SyntaxError'] as const;

/** Counts the errors that are constructed while `run` runs, thrown or not: HttpErrors, and errors of the built-in types. */
export function countErrors(run: () => void): number {
  let made = 0;
  const watch = <T extends ErrorConstructor>(type: T): T =>
    new Proxy(type, {
      construct(target, values, newTarget) {
        made += 1;
        return Reflect.construct(target, values, newTarget) as object;
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
  return made;
}
