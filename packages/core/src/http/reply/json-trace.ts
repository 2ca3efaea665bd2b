/** Finds the place of a value that JSON cannot express, while JSON.stringify visits all values in their order. */
export class JsonTrace {
  /** The parent of every object on the way to the current one, and its key there. */
  private readonly parents = new Map<unknown, { readonly parent: unknown; readonly key: string }>();

  /** Checks a value that is about to be written. Throws TypeError with its place. */
  check(parent: unknown, key: string, value: unknown): void {
    if (typeof value === 'bigint') throw this.fail(parent, key, 'is a BigInt', BIGINT_CURE);
    if (typeof value !== 'object' || value === null) return;
    for (let above = parent; above !== undefined; above = this.parents.get(above)?.parent)
      if (above === value) throw this.fail(parent, key, 'refers back to an object around it', CIRCLE_CURE);
    const lost = findLostContent(value);
    if (lost !== undefined)
      throw this.fail(parent, key, `is ${lost}, which would be {}`, CURES[lost] ?? LOST_CURE);
    this.parents.set(value, { parent, key });
  }

  private fail(parent: unknown, key: string, fault: string, cure: string): TypeError {
    const path = [key];
    for (let above = this.parents.get(parent); above !== undefined; above = this.parents.get(above.parent))
      path.unshift(above.key);
    // The first key is that of the whole value in the object that JSON.stringify makes for it.
    const pointer = path.slice(1).map(escape).join('');
    return new TypeError(
      `The reply cannot be written as JSON: ${pointer || 'the whole value'} ${fault}. ${cure}`,
    );
  }
}

const BIGINT_CURE = "Convert it, or set createApp({ json: { bigint: 'string' } }).";
const CIRCLE_CURE = 'Leave one of the references out.';
const LOST_CURE = 'Return its content, or convert it with createApp({ json: { serialize } }).';
const CURES: Readonly<Record<string, string>> = {
  'a promise': 'Await it.',
  'of type Generator': 'Write async *, so that it is streamed, or return a list: [...items].',
  // Handlers of other frameworks return one.
  'of type Response':
    'Return json(value, { status, headers }), text(…) or html(…); for a response of fetch, stream(response.body, { status: response.status }).',
};

/** A step of a JSON Pointer (RFC 6901 §3). */
function escape(key: string): string {
  return `/${key.slice(0, 300).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Names an object whose content JSON does not show; undefined for all others. */
function findLostContent(value: object): string | undefined {
  if (Array.isArray(value)) return undefined;
  if (typeof (value as { readonly then?: unknown }).then === 'function') return 'a promise';
  const isKnown =
    ArrayBuffer.isView(value) || LOSING_TYPES.some((type) => value instanceof type) || hidesContent(value);
  return isKnown ? `of type ${nameType(value)}` : undefined;
}

const LOSING_TYPES = [Map, Set, WeakMap, WeakSet, RegExp, Error, ArrayBuffer];
/** JSON.stringify writes what is inside. */
const WRAPPERS = [Number, String, Boolean];

/** Answers whether an instance has nothing to write, although its class gives it more than a constructor. */
function hidesContent(value: object): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  if (WRAPPERS.some((type) => value instanceof type)) return false;
  let prototype: object | null = Object.getPrototypeOf(value) as object | null;
  while (prototype !== null && prototype !== Object.prototype) {
    if (Reflect.ownKeys(prototype).some((key) => key !== 'constructor')) return true;
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return false;
}

function nameType(value: object): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } };
  return tag === 'Object' && typeof constructor?.name === 'string' ? constructor.name : tag;
}
