/** What `accept` makes of the first value that it takes; undefined where it takes none. */
export function findAccepted<T>(
  values: readonly string[],
  accept: (value: string) => T | undefined,
): T | undefined {
  for (const value of values) {
    const accepted = accept(value);
    if (accepted !== undefined) return accepted;
  }
  return undefined;
}
