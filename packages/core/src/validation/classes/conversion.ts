import type { ExcludeOptions, ExposeOptions, TransformFnParams } from 'class-transformer';
import type { Class } from '../../http/class';
import { readTransformerStorage } from './transformer-storage';

/** How a property is made of a value that a client sends, by the decorators of class-transformer. */
export interface Conversion {
  /** The name outside of the class: that of `@Expose({ name })`, or else that of the property. */
  readonly key: string;
  /** Whether clients may set it; false for `@Exclude`, which drops their value without an error. */
  readonly isAccepted: boolean;
  /** `@Expose`: `@Transform` makes the property even if nothing was sent. */
  readonly isExposed: boolean;
  /** The functions of `@Transform`, in the order in which they run. */
  readonly transforms: readonly TransformFunction[];
}

type TransformFunction = (given: TransformFnParams) => unknown;

/** Reads how a property is converted. Loads class-transformer. */
export function readConversion(
  type: Class,
  property: string,
  groups: readonly string[] | undefined,
): Conversion {
  const storage = readTransformerStorage();
  const exposed = findFor(REQUESTS, storage.findExposeMetadata(type, property));
  const excluded = findFor(REQUESTS, storage.findExcludeMetadata(type, property));
  const isOpen = storage.getStrategy(type) !== 'excludeAll' || exposed !== undefined;
  return {
    key: exposed?.options?.name ?? property,
    isAccepted: isOpen && excluded === undefined && isInGroups(exposed?.options, groups),
    isExposed: exposed !== undefined,
    transforms: storage
      .findTransformMetadatas(type, property, PLAIN_TO_CLASS)
      .filter(({ options }) => isInGroups(options, groups))
      .map(({ transformFn }) => transformFn as TransformFunction),
  };
}

/** Reads how a property of a reply is checked: as it is, because the handler has made it. */
export function readReplyConversion(type: Class, property: string): Conversion {
  const key = readReplyKey(type, property) ?? property;
  return { key, isAccepted: true, isExposed: false, transforms: [] };
}

/** Reads the name of a property in replies; undefined for `@Exclude`. Loads class-transformer. */
export function readReplyKey(type: Class, property: string): string | undefined {
  const storage = readTransformerStorage();
  const exposed = findFor(REPLIES, storage.findExposeMetadata(type, property));
  const excluded = findFor(REPLIES, storage.findExcludeMetadata(type, property));
  const isOpen = storage.getStrategy(type) !== 'excludeAll' || exposed !== undefined;
  return isOpen && excluded === undefined ? (exposed?.options?.name ?? property) : undefined;
}

/** Answers whether `@Transform` makes the property. */
export function isMadeByTransform(type: Class, property: string): boolean {
  return readTransformerStorage().findTransformMetadatas(type, property, PLAIN_TO_CLASS).length > 0;
}

/** Calls the functions of `@Transform`. Throws what they throw. */
export function runTransforms(
  { transforms }: Conversion,
  value: unknown,
  key: string,
  plain: object,
  groups: readonly string[] | undefined,
): unknown {
  const options = groups === undefined ? {} : { groups: [...groups] };
  return transforms.reduce<unknown>(
    (made, transform) => transform({ value: made, key, obj: plain, type: PLAIN_TO_CLASS, options }),
    value,
  );
}

/** `TransformationType.PLAIN_TO_CLASS`. */
const PLAIN_TO_CLASS = 0;

const REQUESTS = 'toClassOnly';
const REPLIES = 'toPlainOnly';

/** Leaves out a decorator that applies in the other direction only. */
function findFor<T extends { readonly options: ExposeOptions | ExcludeOptions }>(
  direction: typeof REQUESTS | typeof REPLIES,
  record: T | undefined,
): T | undefined {
  const options: ExcludeOptions = record?.options ?? {};
  const isLimited = options.toClassOnly === true || options.toPlainOnly === true;
  return isLimited && options[direction] !== true ? undefined : record;
}

/** Without groups of the request, only decorators without groups apply. */
function isInGroups(
  options: { readonly groups?: string[] } | undefined,
  groups: readonly string[] | undefined,
): boolean {
  const own = options?.groups ?? [];
  return own.length === 0 || own.some((group) => groups?.includes(group));
}
