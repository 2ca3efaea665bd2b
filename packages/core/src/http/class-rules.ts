import type { getMetadataStorage } from 'class-validator';

/** A class, as far as rules are concerned. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any constructor signature is a class
type RuledClass = new (...values: any[]) => unknown;

/** One decorator of class-validator, as it stands on a property. */
export type RuleRecord = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** What class-transformer knows of the type of a property. */
interface TypeRecord {
  /** What the compiler emitted for the property. */
  readonly reflectedType?: unknown;
  readonly typeFunction?: (() => unknown) | undefined;
  readonly options?: { readonly discriminator?: unknown } | undefined;
}

/** The part of class-transformer's storage that is read: it exports no other way to it. */
interface TransformerStorage {
  findTypeMetadata(type: RuledClass, property: string): TypeRecord | undefined;
  findTransformMetadatas(type: RuledClass, property: string, kind: number): readonly unknown[];
  getExposedMetadatas(type: RuledClass): readonly unknown[];
  getExcludedMetadatas(type: RuledClass): readonly unknown[];
  getStrategy(type: RuledClass): string;
}

/** The rules of a class and its parents, those of the groups where groups are given. Loads class-validator. */
export function readRules(type: RuledClass, groups?: readonly string[]): readonly RuleRecord[] {
  return readStorage().getTargetValidationMetadatas(type, '', false, false, groups && [...groups]);
}

/** What a rule is checked by, and the name it goes by. */
export type Constraint = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']
>[number];

/** What class-validator has registered for a rule. */
export function readConstraints({ constraintCls }: RuleRecord): readonly Constraint[] {
  return readStorage().getTargetValidatorConstraints(constraintCls);
}

/** The type of a property that only class-transformer can choose or fill. */
export const DYNAMIC = Symbol('dynamic');

/** The type that `@Type` names for a property; undefined where there is none. Loads class-transformer. */
export function readPropertyType(type: RuledClass, property: string): unknown {
  const record = readTransformer().findTypeMetadata(type, property);
  if (record?.typeFunction === undefined) return undefined;
  const isChosen = record.typeFunction.length > 0 || record.options?.discriminator !== undefined;
  return isChosen || isOwnCollection(record.reflectedType) ? DYNAMIC : record.typeFunction();
}

/** A Set, a Map or a list of the user's own, which class-transformer fills. */
function isOwnCollection(type: unknown): boolean {
  if (typeof type !== 'function') return false;
  return [Map, Set].includes(type as never) || type.prototype instanceof Array;
}

const PLAIN_TO_CLASS = 0;

/** Whether class-transformer does more with the class than `@Type`: `@Transform`, `@Expose`, `@Exclude`. */
export function isTransformed(type: RuledClass, properties: Iterable<string>): boolean {
  const storage = readTransformer();
  return (
    storage.getStrategy(type) !== 'none' ||
    storage.getExposedMetadatas(type).length > 0 ||
    storage.getExcludedMetadatas(type).length > 0 ||
    [...properties].some((name) => isMadeByTransform(type, name))
  );
}

/** Whether `@Transform` makes the property. */
export function isMadeByTransform(type: RuledClass, property: string): boolean {
  return readTransformer().findTransformMetadatas(type, property, PLAIN_TO_CLASS).length > 0;
}

function readTransformer(): TransformerStorage {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where a class is validated
  return (require('class-transformer/cjs/storage') as { defaultMetadataStorage: TransformerStorage })
    .defaultMetadataStorage;
}

function readStorage(): ReturnType<typeof getMetadataStorage> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where a class is validated
  return (require('class-validator') as typeof import('class-validator')).getMetadataStorage();
}
