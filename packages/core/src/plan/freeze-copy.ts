/** Copies plain objects and lists all the way down and freezes the copy. Other values, such as functions and patterns, are not copied. */
export function freezeCopy<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map((item: unknown) => freezeCopy(item))) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const entries = Object.entries(value).map(([name, item]: [string, unknown]) => [name, freezeCopy(item)]);
  return Object.freeze(Object.fromEntries(entries)) as T;
}
