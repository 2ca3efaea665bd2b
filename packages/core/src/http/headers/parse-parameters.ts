/** How one header spells its parameters: multipart headers and `Forwarded` differ in blanks, quotes and escapes. */
export interface ParameterGrammar {
  /** Sticky, with the groups `name`, `bare` and `quoted`. A match without a name is an empty parameter. */
  readonly parameter: RegExp;
  /** Removes the escapes from the inside of a quoted value. */
  readonly unescape: (quoted: string) => string;
}

/** Parses the parameters of a header, names in lower case. Undefined when the text is malformed or repeats a name. */
export function parseParameters(
  text: string,
  { parameter, unescape }: ParameterGrammar,
): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  parameter.lastIndex = 0;
  while (parameter.lastIndex < text.length) {
    const match = parameter.exec(text);
    if (match === null) return undefined;
    const { name, bare, quoted = '' } = match.groups!;
    if (name === undefined) continue;
    const lowerName = name.toLowerCase();
    if (parameters.has(lowerName)) return undefined;
    parameters.set(lowerName, bare ?? unescape(quoted));
  }
  return parameters;
}
