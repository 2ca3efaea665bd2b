import { findDispose } from '../../container/find-dispose';
import type { Class } from '../../http/class';
import { metadata } from '../../metadata/metadata';
import { findMethod, readChain } from '../../metadata/class-chain';
import type { Made } from '../../container/container';

/** Something that begins or ends with the application. */
export interface LifeStep {
  /** `Database.connect`. */
  readonly place: string;
  readonly run: () => unknown;
}

/** The life of one thing that was made. */
export interface Life {
  readonly starts: readonly LifeStep[];
  readonly stops: readonly LifeStep[];
  /** What is done when all has stopped, whether it had started or not. */
  readonly disposal: LifeStep | undefined;
}

/** What `@OnStart`, `@OnStop` and the dispose symbols say of something that was made; undefined where they say nothing. */
export function readLife({ name, value }: Made): Life | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const chain = readChain(value.constructor as Class);
  const readSteps = (end: 'start' | 'stop'): LifeStep[] => {
    const properties = new Set(chain.flatMap(({ prototype }) => metadata[end].read(prototype)));
    return [...properties].map((property) => ({
      place: `${name}.${String(property)}`,
      run: findMethod(value, property).bind(value),
    }));
  };
  const starts = readSteps('start');
  const stops = readSteps('stop');
  const dispose = findDispose(value);
  if (starts.length + stops.length === 0 && dispose === undefined) return undefined;
  return { starts, stops, disposal: dispose && { place: name, run: dispose } };
}
