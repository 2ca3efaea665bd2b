/** The head of a response as a client sees it. */
export class ReceivedHead {
  constructor(
    readonly status: number,
    /** Header lines in order, names as they were written. */
    readonly lines: readonly (readonly [name: string, value: string])[],
  ) {}

  /** All headers, names in lower case, repeated lines joined with `, ` (RFC 9110 §5.3). */
  get headers(): Readonly<Record<string, string>> {
    const headers = Object.create(null) as Record<string, string>;
    for (const [name, value] of this.lines) {
      const lower = name.toLowerCase();
      headers[lower] = headers[lower] === undefined ? value : `${headers[lower]}, ${value}`;
    }
    return headers;
  }

  /** One header, repeated lines joined with `, `; the name's case does not matter. */
  header(name: string): string | undefined {
    return this.headers[name.toLowerCase()];
  }

  /** Every line of one header, apart: what Set-Cookie needs. */
  headerLines(name: string): string[] {
    const lower = name.toLowerCase();
    return this.lines.filter(([other]) => other.toLowerCase() === lower).map(([, value]) => value);
  }
}
