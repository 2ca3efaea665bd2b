import { JsonTrace } from './json-trace';

/** How values are written that JSON does not have. */
export interface JsonOptions {
  /** Writes every BigInt as text, or as a number if that is exact. Default: an error that names the field. */
  readonly bigint?: 'string' | 'number';
  /**
   * Called for every object that is neither plain nor a list, before its `toJSON`: a Decimal, a Date, a Map. The result
   * is written in its place; the object itself means no change.
   */
  readonly serialize?: (value: object) => unknown;
}

/** Writes a value as JSON. Throws TypeError, with the place of the fault, when JSON cannot express it. */
export type WriteJson = (value: unknown) => string;

/** `this` is the object or list that has the value under the key. */
type Replacer = (this: Readonly<Record<string, unknown>>, key: string, value: unknown) => unknown;

/**
 * Makes the function that writes replies. In development it also refuses what JSON.stringify writes as {}: a Map, a
 * promise, an instance that hides its content. Elsewhere a fault is looked for only when JSON.stringify has thrown.
 */
export function makeWriteJson(options: JsonOptions = {}, development = false): WriteJson {
  const convert = makeConversion(options);
  const traced = (value: unknown): string | undefined => {
    const trace = new JsonTrace();
    return stringify(value, function (key, given) {
      const written = convert === undefined ? given : convert.call(this, key, given);
      trace.check(this, key, written);
      return written;
    });
  };
  const write = (value: unknown): string | undefined => {
    try {
      return stringify(value, convert);
    } catch (error) {
      traced(value);
      throw error;
    }
  };
  return (value) => {
    const text = development ? traced(value) : write(value);
    if (text === undefined) throw new TypeError(`A reply of type ${typeof value} cannot be written as JSON.`);
    if (text === '{}' && convert === undefined) checkPlain(value as object);
    return text;
  };
}

/** Writes a value as JSON, without options. */
export const formatJson: WriteJson = makeWriteJson();

function stringify(value: unknown, replacer: Replacer | undefined): string | undefined {
  return JSON.stringify(value, replacer);
}

/** Undefined without options: a replacer makes JSON.stringify several times slower. */
function makeConversion({ bigint, serialize }: JsonOptions): Replacer | undefined {
  if (bigint === undefined && serialize === undefined) return undefined;
  return function (key, value) {
    const written = serialize === undefined ? value : convertInstance(this[key], key, value, serialize);
    return typeof written === 'bigint' ? convertBigint(written, bigint) : written;
  };
}

/** The value that JSON.stringify passes on is the result of `toJSON`, so the object itself is given, too. */
function convertInstance(
  object: unknown,
  key: string,
  value: unknown,
  serialize: (value: object) => unknown,
): unknown {
  if (typeof object !== 'object' || object === null || isPlain(object)) return value;
  const made = serialize(object);
  if (made === object) return value;
  const { toJSON } = (made ?? {}) as { readonly toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(made, key) as unknown) : made;
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || prototype === Object.prototype || Array.isArray(object);
}

/** A BigInt that is not converted is one of JSON.stringify's errors. */
function convertBigint(value: bigint, form: JsonOptions['bigint']): unknown {
  if (form === 'string') return String(value);
  const isExact = BigInt.asIntN(54, value) === value && Number.isSafeInteger(Number(value));
  return form === 'number' && isExact ? Number(value) : value;
}

function checkPlain(value: object): void {
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Object]' || typeof (value as { toJSON?: unknown }).toJSON === 'function') return;
  throw new TypeError(`A reply of type ${tag.slice(8, -1)} would be {} as JSON: return its content.`);
}
