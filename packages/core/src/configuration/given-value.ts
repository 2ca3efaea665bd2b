/** Names a value in a message: `undefined`, `A list`, `A value of type string`. */
export function nameValue(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return Array.isArray(value) ? 'A list' : `A value of type ${typeof value}`;
}

/** Adds to the cure why an imported name is undefined, where the value is. */
export function explainUndefined(cure: string, value: unknown): string {
  if (value !== undefined) return cure;
  return `${cure} If you import it, two files import each other: move what both need into a third.`;
}
