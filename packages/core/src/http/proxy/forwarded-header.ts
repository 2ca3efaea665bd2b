/**
 * The elements of a `Forwarded` header (RFC 7239 §4) from the right: the proxy next to the application first. Each is
 * its parameters, names in lower case. One that is malformed ends it: nobody knows what its proxy meant. Pure.
 */
export function* parseForwarded(header: string): Generator<ReadonlyMap<string, string>> {
  let rest: string | undefined = header;
  while (rest !== undefined) {
    const start = findLastElement(rest);
    const parameters = parseElement(rest.slice(start));
    if (parameters === undefined) return;
    yield parameters;
    rest = start === 0 ? undefined : rest.slice(0, start - 1);
  }
}

/**
 * Where the last element of the list begins. Looked for from the right: whatever a client wrote to the left of what a
 * proxy has added, a quote that it never closed too, changes nothing in it. A comma with an odd number of quotes
 * behind it stands within a quoted string.
 */
function findLastElement(list: string): number {
  let isQuoted = false;
  for (let index = list.length - 1; index >= 0; index--) {
    const character = list[index];
    if (character === '"' && !isEscaped(list, index)) isQuoted = !isQuoted;
    else if (character === ',' && !isQuoted) return index + 1;
  }
  return 0;
}

function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (text[first - 1] === '\\') first--;
  return (index - first) % 2 === 1;
}

/** `[ forwarded-pair ]` and what ends it; the value is a token or a quoted string (RFC 9110 §5.6). */
const PAIR =
  /[ \t]*(?:([!#$%&'*+.^_`|~\dA-Za-z-]+)=(?:([!#$%&'*+.^_`|~\dA-Za-z-]+)|"((?:[^"\\]|\\.)*)"))?[ \t]*(?:;|$)/y;

function parseElement(element: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < element.length) {
    const match = PAIR.exec(element);
    if (match === null) return undefined;
    const [, written, token, quoted = ''] = match;
    if (written === undefined) continue;
    const name = written.toLowerCase();
    // Two of one name contradict each other, and §4 has no more than one.
    if (parameters.has(name)) return undefined;
    parameters.set(name, token ?? quoted.replace(/\\(.)/g, '$1'));
  }
  return parameters.size === 0 ? undefined : parameters;
}
