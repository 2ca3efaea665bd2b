import type { Findings } from '../findings';

/** The values whose items are checked one by one. */
export type Collection = readonly unknown[] | Set<unknown> | Map<unknown, unknown>;

export function isCollection(value: unknown): value is Collection {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}

/** Visits every item as the current value of the findings, until they are full. */
export function visitCollection(
  collection: Collection,
  findings: Findings,
  visit: (item: unknown, findings: Findings) => void,
): void {
  const items = Array.isArray(collection) ? (collection as readonly unknown[]) : [...collection.values()];
  const keys = collection instanceof Map ? [...collection.keys()] : undefined;
  findings.visitItems(items, (item, _, here) => visit(item, here), keys);
}
