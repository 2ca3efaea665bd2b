import type { JsonSchema } from './json-schema';
import { nameSchemas, type NamedEntry } from './name-schemas';

/** The source of a schema: a class, a Standard Schema, or a constant of this package. */
export type SchemaOwner = object;

/** How a schema is used: one owner may need several. */
export interface SchemaUse {
  readonly owner: SchemaOwner;
  readonly name: string;
  /** The name may change: a person has not given it. */
  readonly isDerived?: boolean;
  /** Distinguishes the schemas of one owner. */
  readonly variant: string;
  readonly isReply: boolean;
  /** The route, for messages. */
  readonly place: string;
}

interface Entry extends SchemaUse {
  schema: JsonSchema;
}

/** Collects the schemas of a document. Until all of them are known, a reference has a number in place of a name. */
export class Components {
  private readonly entries: Entry[] = [];
  private readonly known = new Map<SchemaOwner, Map<string, number>>();

  /** Refers to the schema of a use, which is made at the first call: it may refer to itself. */
  refer(use: SchemaUse, make: (self: string) => JsonSchema): JsonSchema {
    const variants = this.known.get(use.owner) ?? new Map<string, number>();
    this.known.set(use.owner, variants);
    const found = variants.get(use.variant);
    if (found !== undefined) return { $ref: writeReference(found) };
    const index = this.entries.length;
    const entry: Entry = { ...use, schema: {} };
    this.entries.push(entry);
    variants.set(use.variant, index);
    const reference = writeReference(index);
    entry.schema = make(reference);
    return { $ref: reference };
  }

  /** Names the schemas, and puts the names into the references of a document. */
  finish<T extends object>(
    document: T,
    reportTwins: (one: SchemaUse, other: SchemaUse) => void,
  ): [T, JsonSchema] {
    const names = nameSchemas(this.entries, findReferences, reportTwins);
    const write = <V>(value: V): V => replaceReferences(value, names) as V;
    const schemas = new Map(this.entries.map((entry, index) => [names[index]!, write(entry.schema)]));
    const sorted = [...schemas].sort(([one], [other]) => (one < other ? -1 : 1));
    return [write(document), Object.fromEntries(sorted)];
  }
}

const PREFIX = '#/components/schemas/';
const NUMBER = /^#\/components\/schemas\/\0(\d+)/;

function writeReference(index: number): string {
  return `${PREFIX}\0${index}`;
}

/** Writes a schema with something else in place of the numbers. */
function findReferences(entry: NamedEntry, nameOf: (index: number) => string): string {
  return JSON.stringify(entry.schema, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string'
      ? value.replace(NUMBER, (_, index) => nameOf(Number(index)))
      : value,
  );
}

/** Also makes JSON of the values in examples, such as a Date. */
function replaceReferences(given: unknown, names: readonly string[]): unknown {
  const value = toJson(given);
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [
      key,
      key === '$ref' && typeof item === 'string'
        ? item.replace(NUMBER, (_, index) => `${PREFIX}${names[Number(index)]!}`)
        : replaceReferences(item, names),
    ]),
  );
}

/** JSON has no BigInt: it is a number, or text where a number is not exact. */
function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  const { toJSON } = (value ?? {}) as { readonly toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : value;
}
