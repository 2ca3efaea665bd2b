import type { HttpResponse } from '../../http/response';
import { ENGINE_HEADERS } from '../engine';

/** The lines of a head for node:http. */
export interface NodeHead {
  /** Name, value, name, value … */
  readonly lines: string[];
  readonly isAscii: boolean;
  /** It is the last answer of its connection. */
  readonly closes: boolean;
}

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Lists the lines of a head, without those that the engine alone writes.
 *
 * @param length in bytes, if it is known
 * @param mustClose the answer is the last one of its connection, whatever the program wants
 */
export function formatHead(
  { headers }: HttpResponse,
  length: number | undefined,
  mustClose: boolean,
): NodeHead {
  const lines: string[] = [];
  let isAscii = true;
  let closes = mustClose;
  for (let index = 0; index < headers.lines.length; index += 3) {
    const lowerName = headers.lines[index + 1]!;
    let value = headers.lines[index + 2]!;
    if (ENGINE_HEADERS.has(lowerName)) {
      closes ||= lowerName === 'connection' && value.toLowerCase().includes('close');
      continue;
    }
    if (NOT_ASCII.test(value)) {
      isAscii = false;
      // Node sends a byte for each character.
      value = Buffer.from(value).toString('latin1');
    }
    lines.push(headers.lines[index]!, value);
  }
  if (length !== undefined) lines.push('Content-Length', String(length));
  if (closes) lines.push('Connection', 'close');
  return { lines, isAscii, closes };
}
