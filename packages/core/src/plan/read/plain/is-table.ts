/** Whether a value is an object literal, and not a list, a Map or an instance, whose keys would say nothing. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Object.prototype, also that of another realm, is the last of its chain.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
