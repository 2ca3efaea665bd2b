import type { Made } from '../../container/container';
import type { Class } from '../../http/class';
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

/** Reads the methods of an instance that services call. If several classes decorate one method, the nearest one counts. */
export function readWork({ value }: Made): FoundWork[] {
  if (typeof value !== 'object' || value === null) return [];
  const type = value.constructor as Class;
  const nearest = new Map<string | symbol, { readonly prototype: object; readonly records: PlacedWork[] }>();
  for (const { prototype } of readChain(type))
    for (const [property, records] of groupByProperty(metadata.work.read(prototype)))
      nearest.set(property, { prototype, records });
  return [...nearest].flatMap(([property, { prototype, records }]) =>
    records.map(({ decorator, service, options }) => ({
      service,
      method: Object.freeze({
        type,
        method: String(property),
        place: `${type.name}.${String(property)}`,
        decorator,
        options,
        parameterTypes: readDesignTypes(prototype, property),
        call: (...values: unknown[]) => findMethod(value, property).apply(value, values),
      }),
    })),
  );
}

function groupByProperty(records: readonly PlacedWork[]): Map<string | symbol, PlacedWork[]> {
  const groups = new Map<string | symbol, PlacedWork[]>();
  for (const record of records) groups.set(record.property, [...(groups.get(record.property) ?? []), record]);
  return groups;
}
