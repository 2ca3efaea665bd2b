import { parseParameters, type ParameterGrammar } from '../headers/parse-parameters';

/** `[ forwarded-pair ]` with its end. The value is a token or a quoted string (RFC 9110 §5.6). */
const FORWARDED: ParameterGrammar = {
  parameter:
    /[ \t]*(?:(?<name>[!#$%&'*+.^_`|~\dA-Za-z-]+)=(?:(?<bare>[!#$%&'*+.^_`|~\dA-Za-z-]+)|"(?<quoted>(?:[^"\\]|\\.)*)")[ \t]*)?(?:;|$)/y,
  unescape: (quoted) => quoted.replace(/\\(.)/g, '$1'),
};

const BLANK = /^[ \t]*$/;

/**
 * The elements of a `Forwarded` header (RFC 7239 §4) from right to left: the proxy next to the application comes
 * first. Each element is its parameters, names in lower case. Empty elements do not count (RFC 9110 §5.6.1.2). A
 * malformed one, and one that says nothing, ends the list, because its proxy may have meant anything. Pure.
 */
export function* parseForwarded(header: string): Generator<ReadonlyMap<string, string>> {
  let rest: string | undefined = header;
  while (rest !== undefined) {
    const start = findLastElement(rest);
    const element = rest.slice(start);
    if (!BLANK.test(element)) {
      const parameters = parseParameters(element, FORWARDED);
      if (parameters === undefined || parameters.size === 0) return;
      yield parameters;
    }
    rest = start === 0 ? undefined : rest.slice(0, start - 1);
  }
}

/**
 * The index at which the last element of the list begins, found from the right: then nothing that a client wrote to
 * the left, not even an unclosed quote, can change the element that a proxy added. A comma with an odd number of
 * quotes behind it lies within a quoted string.
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
