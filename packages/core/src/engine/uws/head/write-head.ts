import type { HttpResponse as NativeResponse } from 'uWebSockets.js';
import type { ResponseHeaders } from '../../../http/headers/headers';
import type { HttpResponse } from '../../../http/response';
import { describeStatus } from '../../../http/status/status';
import { ENGINE_HEADERS } from '../../../http/headers/engine-headers';
import { findHead } from './format-head';
import type { Uws } from '../load-uws';

let isInOneCall = false;
let choosing: Promise<void> | undefined;

/**
 * Writes heads in one call if the engine sends header lines that are part of the status unchanged. That saves a call per
 * header, but the engine does not promise it, so it is tested once per process, beside the first requests. Never rejects.
 */
export function chooseHeadWriter(uws: Uws): Promise<void> {
  return (choosing ??= choose(uws));
}

async function choose(uws: Uws): Promise<void> {
  try {
    const { testHeadBlock } = require('./test-head-block') as typeof import('./test-head-block');
    writeHeadsInOneCall(await testHeadBlock(uws));
  } catch {
    // The process has no free file descriptor, for example. Heads go out in one call per line.
  }
}

/** Chooses between one call per head and one per line. */
export function writeHeadsInOneCall(isTested: boolean): void {
  isInOneCall = isTested;
}

/** Answers whether the engine was seen to send what follows the status unchanged. */
export function passesHeadsOn(): boolean {
  return isInOneCall;
}

/** Writes status line and headers, without those that the engine alone writes. */
export function writeHead(res: NativeResponse, response: HttpResponse): void {
  if (isInOneCall) {
    res.writeStatus(findHead(response));
    return;
  }
  const { status, headers } = response;
  if (status !== 200) res.writeStatus(describeStatus(status));
  const { lines } = headers;
  for (let index = 0; index < lines.length; index += 3) {
    if (!ENGINE_HEADERS.has(lines[index + 1]!)) res.writeHeader(lines[index]!, lines[index + 2]!);
  }
}

/** Answers whether the program wants the connection to close. */
export function asksToClose({ linesBehindBlock: lines }: ResponseHeaders): boolean {
  for (let index = 1; index < lines.length; index += 3) {
    if (lines[index] === 'connection' && lines[index + 1]!.toLowerCase().includes('close')) return true;
  }
  return false;
}
