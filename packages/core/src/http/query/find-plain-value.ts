/** Answers whether a query or form has anything to decode. */
export function isEncoded(raw: string): boolean {
  return raw.includes('%') || raw.includes('+');
}

/** Finds the first value of one name, as `parsePairs` does, in a query or form without encoding. */
export function findPlainValue(raw: string, name: string): string | undefined {
  let equals = -1;
  for (let start = 0, end = 0; start < raw.length; start = end + 1) {
    end = findOrEnd(raw, '&', start);
    if (end === start) continue;
    // Searched again only when passed: with many `&` and no `=`, each part would search the rest of the text.
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
