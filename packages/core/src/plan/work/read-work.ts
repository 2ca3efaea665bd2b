import type { Made } from '../../container/container';
import { findClass, type Class } from '../../http/class';
import { findMethod, readChain } from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';
import type { PlacedWork } from '../../metadata/records';
import { readDesignTypes } from '../../metadata/store';
import type { WorkMethod } from './service';

/** A method, and the name of the service that runs it. */
export interface FoundWork {
  readonly service: string;
  readonly method: WorkMethod;
}

/** A method with decorators for services, on its class. */
export interface DecoratedMethod {
  readonly property: string | symbol;
  readonly records: readonly PlacedWork[];
  /** The types that the compiler emitted for its parameters; undefined if it emitted none. */
  readonly parameterTypes: readonly unknown[] | undefined;
}

/** Reads the methods of an instance that services call. */
export function readWork({ value }: Made): FoundWork[] {
  if (typeof value !== 'object' || value === null) return [];
  const type = findClass(value);
  return readDecorated(type).flatMap(({ property, records, parameterTypes }) =>
    records.map(({ decorator, service, options }) => ({
      service,
      method: Object.freeze({
        type,
        method: String(property),
        place: `${type.name}.${String(property)}`,
        decorator,
        options,
        parameterTypes,
        call: (...values: unknown[]) => findMethod(value, property).apply(value, values),
      }),
    })),
  );
}

/**
 * Reads the methods of a class that have decorators for services. If several classes decorate one method, the nearest one
 * counts.
 */
export function readDecorated(type: Class): readonly DecoratedMethod[] {
  const nearest = new Map<string | symbol, DecoratedMethod>();
  for (const { prototype } of readChain(type))
    for (const [property, records] of groupByProperty(metadata.work.read(prototype)))
      nearest.set(property, { property, records, parameterTypes: readDesignTypes(prototype, property) });
  return [...nearest.values()];
}

function groupByProperty(records: readonly PlacedWork[]): Map<string | symbol, PlacedWork[]> {
  const groups = new Map<string | symbol, PlacedWork[]>();
  for (const record of records) groups.set(record.property, [...(groups.get(record.property) ?? []), record]);
  return groups;
}
