import type { HeaderBlock } from '../../../http/headers/header-block';
import { ENGINE_HEADERS } from '../../../http/headers/engine-headers';
import type { HttpResponse } from '../../../http/response';
import { describeStatus } from '../../../http/status/status';

/** A head that was written, and everything that it was made of. */
interface WrittenHead {
  readonly status: number;
  readonly block: HeaderBlock | undefined;
  readonly lines: readonly string[];
  /** Bytes once it was written again: the engine takes them faster than text. */
  head: string | ArrayBuffer;
}

/** Must be a power of two. */
const SLOTS = 64;
const WRITTEN: (WrittenHead | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);
/** Longer heads are rarely the same, and would take memory. */
const MOST_PARTS = 3 * 16;
const ENCODER = new TextEncoder();

/**
 * Formats a head as `formatHead` does, but takes it from the one before with as many lines if that was the same: most
 * answers of a route have the same head, and to join its lines takes longer than to see that.
 */
export function findHead(response: HttpResponse): string | ArrayBuffer {
  const { status, headers } = response;
  const { block, linesBehindBlock: lines } = headers;
  const slot = (status + lines.length) & (SLOTS - 1);
  const written = WRITTEN[slot];
  if (written !== undefined && isSame(written, status, block, lines)) {
    if (typeof written.head === 'string') written.head = ENCODER.encode(written.head).buffer;
    return written.head;
  }
  const head = formatHead(response);
  if (lines.length <= MOST_PARTS) WRITTEN[slot] = { status, block, lines: lines.slice(), head };
  return head;
}

/** Formats status and headers as lines, without those that the engine alone writes. */
export function formatHead({ status, headers }: HttpResponse): string {
  const { block, linesBehindBlock: lines } = headers;
  let head = describeStatus(status);
  if (block !== undefined) head += block.text;
  for (let index = 0; index < lines.length; index += 3) {
    // Name and value were checked when they were set, so they contain no line break.
    if (!ENGINE_HEADERS.has(lines[index + 1]!)) head += `\r\n${lines[index]!}: ${lines[index + 2]!}`;
  }
  return head;
}

function isSame(
  written: WrittenHead,
  status: number,
  block: HeaderBlock | undefined,
  lines: readonly string[],
): boolean {
  if (written.status !== status || written.block !== block || written.lines.length !== lines.length)
    return false;
  // From the end: what differs from request to request is rarely set first.
  for (let index = lines.length - 1; index >= 0; index--)
    if (written.lines[index] !== lines[index]) return false;
  return true;
}
