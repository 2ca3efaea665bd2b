import type { Made } from '../../container/container';
import { findDispose } from '../../container/find-dispose';
import { findClass } from '../../http/class';
import { findMethod, readChain } from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';

/** A method that runs when the application starts or stops. */
export interface LifeStep {
  /** `Database.connect`. */
  readonly place: string;
  /** Gets the time, as that of `Date.now()`, after which nothing waits for it. */
  readonly run: (deadline: number) => unknown;
}

/** The steps of one instance. */
export interface Life {
  readonly starts: readonly LifeStep[];
  readonly stops: readonly LifeStep[];
  /** Runs when everything has stopped, even if the instance had not started. */
  readonly disposal: LifeStep | undefined;
}

/** Reads `@OnStart`, `@OnStop` and the dispose symbols of an instance; undefined where it has none of them. */
export function readLife({ name, value, isExternal }: Made): Life | undefined {
  if (typeof value !== 'object' || value === null || isExternal) return undefined;
  const chain = readChain(findClass(value));
  const readSteps = (end: 'start' | 'stop'): LifeStep[] => {
    const properties = new Set(chain.flatMap(({ prototype }) => metadata[end].read(prototype)));
    return [...properties].map((property) => ({
      place: `${name}.${String(property)}`,
      run: () => findMethod(value, property).call(value),
    }));
  };
  const starts = readSteps('start');
  const stops = readSteps('stop').reverse();
  const dispose = findDispose(value);
  if (starts.length + stops.length === 0 && dispose === undefined) return undefined;
  return { starts, stops, disposal: dispose && { place: name, run: dispose } };
}
