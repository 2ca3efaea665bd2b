/**
 * The header lines of a native request as one flat list: name in lower case, value, name, value …
 *
 * The engine decodes the values of a walk as UTF-8 and replaces wrong bytes, but gives a single value with a character
 * for each byte. A value with a replacement is therefore read again while the native request lives (`req`). Only the
 * first line of a name can be.
 */
import type { HttpRequest } from 'uWebSockets.js';
import { decodeHeader } from '../../http/headers/decode-header';

const REPLACEMENT = '\ufffd';

/** Reads every header line of a native request. */
export function readLines(req: HttpRequest): string[] {
  const lines: string[] = [];
  req.forEach((name, value) => void lines.push(name, value));
  return lines;
}

/** The engine looks a name up faster as bytes than as text. These names come from the program, and their number is bounded. */
const NAMES = new Map<string, ArrayBuffer>();
const MOST_NAMES = 100;
const ENCODER = new TextEncoder();

/** Reads the first line of a header; empty if there is none. */
export function readFirst(req: HttpRequest, lowerName: string): string {
  return decodeHeader(req.getHeader(NAMES.get(lowerName) ?? encodeName(lowerName)));
}

function encodeName(lowerName: string): ArrayBuffer {
  const { buffer } = ENCODER.encode(lowerName);
  if (NAMES.size < MOST_NAMES) NAMES.set(lowerName, buffer);
  return buffer;
}

const HOST = encodeName('host');

/** Reads the Host header, as every request does; empty if there is none. */
export function readHostLine(req: HttpRequest): string {
  return decodeHeader(req.getHeader(HOST));
}

/** Restores the first line of a header, if the native request still lives. */
export function restoreFirst(line: string, lowerName: string, req: HttpRequest | undefined): string {
  return req !== undefined && line.includes(REPLACEMENT) ? readAgain(req, lowerName) : line;
}

/** Decodes the values that the engine could not decode, in place, and returns the lines. */
export function restoreLines(lines: string[], req: HttpRequest): readonly string[] {
  for (let index = 0; index < lines.length; index += 2)
    if (lines[index + 1]!.includes(REPLACEMENT) && isFirstOfName(lines, index))
      lines[index + 1] = readAgain(req, lines[index]!);
  return lines;
}

/** The name may come from the client. */
function readAgain(req: HttpRequest, lowerName: string): string {
  return decodeHeader(req.getHeader(lowerName));
}

function isFirstOfName(lines: readonly string[], at: number): boolean {
  let index = 0;
  while (lines[index] !== lines[at]) index += 2;
  return index === at;
}
