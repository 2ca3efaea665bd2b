/** The key is registered globally, so that two copies of this package see each other's names. */
const NAME = Symbol.for('sluice:schema-name');
const FIT = /^[A-Za-z0-9._-]+$/;
const CURE = 'Write letters, digits, ".", "_" and "-" only.';

/**
 * Names the schema of a class in documents of the API. Default: the name of the class. Two classes of one name need it.
 * A Standard Schema gets a name, and with it a place of its own in the document, by a call: `SchemaName('Note')(schema)`.
 *
 * @throws TypeError for a name that is not made of letters, digits, `.`, `_` and `-`
 * @example @SchemaName('BillingAddress') class Address { … }
 */
export function SchemaName(name: string): <T extends object>(target: T) => T {
  if (!isSchemaName(name)) throw new TypeError(`${JSON.stringify(name)} is not a name of a schema. ${CURE}`);
  return (target) => Object.defineProperty(target, NAME, { value: name });
}

/** Answers whether a schema of a document can have the name. */
export function isSchemaName(name: unknown): name is string {
  return typeof name === 'string' && FIT.test(name);
}

/** Reads the name that was given; a subclass does not inherit it. */
export function readSchemaName(target: object): string | undefined {
  return Object.getOwnPropertyDescriptor(target, NAME)?.value as string | undefined;
}
