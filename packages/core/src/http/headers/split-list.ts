/** Splits a list at its commas (RFC 9110 §5.6.1), but not at those in quoted strings. Further elements than `most` are ignored. Pure. */
export function splitList(header: string, most: number): string[] {
  if (!header.includes('"')) return header.split(',', most);
  const elements: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index < header.length && elements.length < most; index++) {
    const character = header[index];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\\' && isQuoted) index++;
    else if (character === ',' && !isQuoted) {
      elements.push(header.slice(start, index));
      start = index + 1;
    }
  }
  if (elements.length < most) elements.push(header.slice(start));
  return elements;
}
