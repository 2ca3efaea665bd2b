/** Names a value in a message: `undefined`, `A list`, `A promise`, `A value of type string`. */
export function nameValue(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (value instanceof Promise) return 'A promise';
  return Array.isArray(value) ? 'A list' : `A value of type ${typeof value}`;
}

/** Adds to the cure how a value that is undefined, or a promise, came into its place. */
export function explainGiven(cure: string, value: unknown): string {
  if (value instanceof Promise) return `${cure} If a function made it, await the result of the function.`;
  if (value !== undefined) return cure;
  return `${cure} If you import it, two files import each other: move what both need into a third.`;
}

/** The cure for a value that belongs into another list of `createApp`, as a habit from other frameworks; undefined for others. */
export function findOtherList(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, handle, start, stop } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string') return undefined;
  if (typeof handle === 'function') return `It is a middleware: write middleware: [${name}(…)].`;
  const isService = typeof start === 'function' || typeof stop === 'function';
  return isService ? `It is a service: write services: [${name}(…)].` : undefined;
}
