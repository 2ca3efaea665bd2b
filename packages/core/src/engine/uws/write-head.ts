import type { HttpResponse as NativeResponse } from 'uWebSockets.js';
import type { ResponseHeaders } from '../../http/headers/headers';
import type { HttpResponse } from '../../http/response';
import { describeStatus } from '../../http/status/status';
import { ENGINE_HEADERS } from '../engine';
import type { Uws } from './load-uws';

let isInOneCall = false;
let choosing: Promise<void> | undefined;

/**
 * Writes heads in one call if the engine sends header lines that are part of the status unchanged. That saves a call per
 * header, but the engine does not promise it, so it is tested once per process, beside the first requests. Never rejects.
 */
export function chooseHeadWriter(uws: Uws): Promise<void> {
  const { testHeadBlock } = require('./test-head-block') as typeof import('./test-head-block');
  return (choosing ??= testHeadBlock(uws).then(writeHeadsInOneCall));
}

/** Chooses between one call per head and one per line. */
export function writeHeadsInOneCall(isTested: boolean): void {
  isInOneCall = isTested;
}

/** Writes status line and headers, without those that the engine alone writes. */
export function writeHead(res: NativeResponse, { status, headers }: HttpResponse): void {
  let head = describeStatus(status);
  if (!isInOneCall && status !== 200) res.writeStatus(head);
  const { lines } = headers;
  for (let index = 0; index < lines.length; index += 3) {
    if (ENGINE_HEADERS.has(lines[index + 1]!)) continue;
    const name = lines[index]!;
    const value = lines[index + 2]!;
    // Name and value were checked when they were set, so they contain no line break.
    if (isInOneCall) head += `\r\n${name}: ${value}`;
    else res.writeHeader(name, value);
  }
  if (isInOneCall) res.writeStatus(head);
}

/** Answers whether the program wants the connection to close. */
export function asksToClose({ lines }: ResponseHeaders): boolean {
  for (let index = 1; index < lines.length; index += 3) {
    if (lines[index] === 'connection' && lines[index + 1]!.toLowerCase().includes('close')) return true;
  }
  return false;
}
