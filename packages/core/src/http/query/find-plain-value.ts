/** Answers whether a query or form has something to decode: of any other each name and value stands there as it is. */
export function isEncoded(raw: string): boolean {
  return raw.includes('%') || raw.includes('+');
}

/** The first value of one name in a query or form that is not encoded: what `parsePairs` finds, and no more than that. */
export function findPlainValue(raw: string, name: string): string | undefined {
  let equals = -1;
  for (let start = 0, end = 0; start < raw.length; start = end + 1) {
    end = findOrEnd(raw, '&', start);
    if (end === start) continue;
    // Only when it lies behind: where there are many `&` and no `=`, each part would search all that follows.
    if (equals < start) equals = findOrEnd(raw, '=', start);
    const nameEnd = Math.min(equals, end);
    if (nameEnd - start === name.length && raw.startsWith(name, start)) return raw.slice(nameEnd + 1, end);
  }
  return undefined;
}

function findOrEnd(text: string, character: string, start: number): number {
  const index = text.indexOf(character, start);
  return index === -1 ? text.length : index;
}
