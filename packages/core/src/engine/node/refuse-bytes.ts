import type { Socket } from 'node:net';
import { findReason } from '../../http/status/status';

const STATUSES: Readonly<Record<string, number>> = {
  // Only a proxy makes tunnels (RFC 9110 §9.3.6).
  CONNECT: 501,
  HPE_HEADER_OVERFLOW: 431,
  HPE_INVALID_VERSION: 505,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const REQUEST_LINE = /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,40} \S{1,8000} HTTP\/1\.[01]\r\n/;

/** The error of node:http for bytes that are not a request. */
export interface BytesFault {
  readonly code?: string;
  /** The packet that could not be read. */
  readonly rawPacket?: Buffer;
  /** How many bytes of the packet could be read. */
  readonly bytesParsed?: number;
}

/** Answers bytes that are not a request, and ends the connection. */
export function refuseBytes(socket: Socket, fault: BytesFault): void {
  if (!socket.writable || fault.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = isUnknownMethod(fault) ? 501 : (STATUSES[fault.code ?? ''] ?? 400);
  const title = findReason(status);
  const body = JSON.stringify({ type: 'about:blank', title, status });
  socket.write(
    `HTTP/1.1 ${status} ${title}\r\nConnection: close\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

/** Node reads only the methods that it knows. */
function isUnknownMethod({ code, rawPacket, bytesParsed = 0 }: BytesFault): boolean {
  if (code !== 'HPE_INVALID_METHOD' || rawPacket === undefined) return false;
  const before = rawPacket.lastIndexOf(HEAD_END, bytesParsed);
  return REQUEST_LINE.test(rawPacket.toString('latin1', before === -1 ? 0 : before + HEAD_END.length));
}

const HEAD_END = '\r\n\r\n';
