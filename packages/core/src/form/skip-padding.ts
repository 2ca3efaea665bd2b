import type { Dicer } from '@fastify/busboy';

/** The parser of the head of a part, inside of the parser of the form. */
interface HeadParser {
  readonly nread: number;
  /** Returns the index behind the head, once it is complete. */
  push(data: Buffer): number | undefined;
}

const SPACE = 0x20;
const TAB = 0x09;

/**
 * Lets a boundary line end in blanks (RFC 2046 §5.1.1, `transport-padding`). The parser takes them for the start of the
 * part's head, so they are removed there: no other head begins with a blank.
 */
export function skipPadding(parser: Dicer): void {
  const head = (parser as unknown as { readonly _hparser: HeadParser })._hparser;
  const push = head.push.bind(head);
  head.push = (data) => {
    let start = 0;
    if (head.nread === 0) while (data[start] === SPACE || data[start] === TAB) start++;
    const end = push(data.subarray(start));
    return end === undefined ? undefined : start + end;
  };
}
