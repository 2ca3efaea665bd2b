import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';

/**
 * Node keeps the head of a response as one text until something is written. Text behind it leaves in the same write, where
 * node:http would otherwise check each line once more, and write the body and an empty text as further pieces.
 */
interface HeadText {
  _header: string | null;
}

const LINE_END = '\r\n';

/** Whether this version of Node keeps a head in that way. */
const KEEPS_TEXT = testHeadText();

/**
 * Begins a response. The caller has checked the lines, and they are ASCII, or a character for each byte.
 *
 * @param framing the lines that node:http has to know: name, value, name, value …
 * @param block further lines, each with its line end
 */
export function beginHead(
  res: ServerResponse,
  status: number,
  reason: string,
  framing: readonly string[],
  block: string,
): void {
  if (KEEPS_TEXT) {
    res.writeHead(status, reason, framing as string[]);
    insert(res, block);
  } else res.writeHead(status, reason, [...splitLines(block), ...framing]);
}

/** Ends a response that has only a head so far. @param body a character for each byte */
export function endWithText(res: ServerResponse, body: string): void {
  if (KEEPS_TEXT) {
    (res as unknown as HeadText)._header += body;
    res.end();
  } else res.end(body, 'latin1');
}

/** Puts lines behind the status line. */
function insert(res: ServerResponse, block: string): void {
  const head = res as unknown as HeadText;
  const text = head._header!;
  const at = text.indexOf(LINE_END) + LINE_END.length;
  head._header = text.slice(0, at) + block + text.slice(at);
}

function splitLines(block: string): string[] {
  const lines = block.split(LINE_END).slice(0, -1);
  return lines.flatMap((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
}

/** Sends a response to a stream that only records it. */
function testHeadText(): boolean {
  const writes: string[] = [];
  const socket = new Writable({
    write(chunk: Buffer, _encoding, done) {
      writes.push(chunk.toString('latin1'));
      done();
    },
  });
  try {
    const req = new IncomingMessage(socket as Socket);
    Object.assign(req, { httpVersionMajor: 1, httpVersionMinor: 1, method: 'GET' });
    const res = new ServerResponse(req);
    res.assignSocket(socket as Socket);
    res.writeHead(200, 'OK', ['Content-Length', '4']);
    insert(res, 'X-Test: \xe9\r\n');
    (res as unknown as HeadText)._header += 'b\xe9dy';
    res.end();
  } catch {
    return false;
  }
  const [answer = '', ...others] = writes;
  const isWhole = /^HTTP\/1\.1 200 OK\r\nX-Test: \xe9\r\n(?:[\w-]+: .+\r\n)+\r\nb\xe9dy$/.test(answer);
  return isWhole && others.length === 0;
}
