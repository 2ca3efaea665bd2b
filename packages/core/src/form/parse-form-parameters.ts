import { parseParameters, type ParameterGrammar } from '../http/headers/parse-parameters';

/** `; name=value` or `; name="value"`. The only escape is `\"`: browsers write a backslash as it is. */
const FORM: ParameterGrammar = {
  parameter:
    /;[ \t]*(?<name>[!#$%&'*+.^_`|~0-9a-z-]+)[ \t]*=[ \t]*(?:"(?<quoted>(?:[^"\\]|\\[^])*)"|(?<bare>[^\s;"]*))[ \t]*/iy,
  unescape: (quoted) => quoted.replaceAll('\\"', '"'),
};

/**
 * Parses the parameters of Content-Type and Content-Disposition in a multipart form, from the first `;` on. Undefined
 * when they are malformed or repeat a name.
 */
export function parseFormParameters(text: string): ReadonlyMap<string, string> | undefined {
  return parseParameters(text.trimEnd(), FORM);
}
