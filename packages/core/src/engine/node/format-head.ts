import type { HttpResponse } from '../../http/response';
import { ENGINE_HEADERS } from '../../http/headers/engine-headers';

/** The head of a response for node:http. */
export interface NodeHead {
  /** The lines that node:http has to know: name, value, name, value … */
  readonly framing: readonly string[];
  /** The other lines as text, each with its line end, and a character for each byte. */
  readonly block: string;
  readonly isAscii: boolean;
  /** It is the last answer of its connection. */
  readonly closes: boolean;
}

const LINE_END = '\r\n';
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Writes the lines of a head, without those that the engine alone writes.
 *
 * @param length in bytes, if it is known
 * @param mustClose the answer is the last one of its connection, whatever the program wants
 */
export function formatHead(
  { headers }: HttpResponse,
  length: number | undefined,
  mustClose: boolean,
): NodeHead {
  const { block: whole, linesBehindBlock: lines } = headers;
  let block = whole === undefined ? '' : `${whole.text.slice(LINE_END.length)}${LINE_END}`;
  let closes = mustClose;
  for (let index = 0; index < lines.length; index += 3) {
    const lowerName = lines[index + 1]!;
    const value = lines[index + 2]!;
    if (!ENGINE_HEADERS.has(lowerName)) block += `${lines[index]!}: ${value}\r\n`;
    else closes ||= lowerName === 'connection' && value.toLowerCase().includes('close');
  }
  const isAscii = !NOT_ASCII.test(block);
  // Node sends a byte for each character.
  if (!isAscii) block = Buffer.from(block).toString('latin1');
  const framing = length === undefined ? [] : ['Content-Length', String(length)];
  if (closes) framing.push('Connection', 'close');
  return { framing, block, isAscii, closes };
}
