/** Lines of headers in one list, without an object for each: the name as written, in lower case, and the value. */
export type HeaderEntries = string[];

export function hasName(entries: HeaderEntries, lower: string): boolean {
  for (let index = 1; index < entries.length; index += 3) if (entries[index] === lower) return true;
  return false;
}

/** The values of all lines of a name, joined with `, ` (RFC 9110 §5.3); undefined when there is none. */
export function joinValues(entries: HeaderEntries, lower: string): string | undefined {
  let found: string | undefined;
  for (let index = 1; index < entries.length; index += 3) {
    if (entries[index] === lower)
      found = found === undefined ? entries[index + 1]! : `${found}, ${entries[index + 1]!}`;
  }
  return found;
}

/** Removes lines by their lower-case names. `start` is the index of the first name that is looked at. */
export function removeLines(
  entries: HeaderEntries,
  isRemoved: (lower: string) => boolean,
  start: number,
): void {
  for (let index = start; index < entries.length;) {
    if (isRemoved(entries[index]!)) entries.splice(index - 1, 3);
    else index += 3;
  }
}
