import type { Class } from '../../http/class';
import { readTransformerStorage } from './transformer-storage';

/** The numbers of class-transformer's TransformationType, with the option that limits a decorator to it. */
const DIRECTIONS = [
  { direction: 0, only: { toClassOnly: true, toPlainOnly: false } },
  { direction: 1, only: { toClassOnly: false, toPlainOnly: true } },
] as const;

/** Copies `@Type`, `@Transform`, `@Expose` and `@Exclude` of properties from a class and its parents to another class. */
export function copyTransforms(from: Class, to: Class, names: readonly string[]): void {
  const records = readTransformerStorage();
  for (const propertyName of names) {
    const copy = { target: to, propertyName };
    const type = records.findTypeMetadata(from, propertyName);
    if (type !== undefined) records.addTypeMetadata({ ...type, ...copy });
    const exposed = records.findExposeMetadata(from, propertyName);
    if (exposed !== undefined) records.addExposeMetadata({ ...exposed, ...copy });
    const excluded = findExcluded(from, propertyName);
    if (excluded !== undefined) records.addExcludeMetadata({ ...copy, options: excluded });
    for (const { direction, only } of DIRECTIONS) {
      // The last one that is added runs first.
      for (const one of records.findTransformMetadatas(from, propertyName, direction).reverse())
        records.addTransformMetadata({ ...one, ...copy, options: { ...one.options, ...only } });
    }
  }
}

/** Names the properties of a class and its parents that have `@Expose` or `@Exclude`. */
export function listExposed(type: Class): readonly string[] {
  const records = readTransformerStorage();
  const found = [...records.getExposedMetadatas(type), ...records.getExcludedMetadatas(type)];
  return found.flatMap(({ propertyName }) => propertyName ?? []);
}

/** `@Exclude()` on a class excludes what it does not expose. A subclass does not inherit it, so it becomes one of each property. */
function findExcluded(type: Class, name: string): object | undefined {
  const records = readTransformerStorage();
  const own = records.findExcludeMetadata(type, name);
  if (own !== undefined || records.getStrategy(type) !== 'excludeAll') return own?.options;
  const hidden = DIRECTIONS.filter(
    ({ direction }) => !records.getExposedProperties(type, direction).includes(name),
  );
  return hidden.length === DIRECTIONS.length ? {} : hidden[0]?.only;
}
