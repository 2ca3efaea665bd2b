import type { Socket } from 'node:net';
import { findReason } from '../../http/status/status';

const STATUSES: Readonly<Record<string, number>> = {
  // Only a proxy makes tunnels (RFC 9110 §9.3.6).
  CONNECT: 501,
  HPE_HEADER_OVERFLOW: 431,
  VERSION: 505,
  HPE_PAUSED_H2_UPGRADE: 505,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const REQUEST_LINE = /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,40} \S{1,8000} HTTP\/(\d\.\d)\r\n/;

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
  const status = STATUSES[fault.code ?? ''] ?? findStatus(fault);
  const title = findReason(status);
  const body = JSON.stringify({ type: 'about:blank', title, status });
  socket.write(
    `HTTP/1.1 ${status} ${title}\r\nConnection: close\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

/** Node reads only the methods and the versions that it knows. Its error code for those is that of other bytes, too. */
function findStatus({ code, rawPacket, bytesParsed = 0 }: BytesFault): number {
  if (rawPacket === undefined) return 400;
  const before = rawPacket.lastIndexOf(HEAD_END, bytesParsed);
  const text = rawPacket.toString('latin1', before === -1 ? 0 : before + HEAD_END.length);
  const [, version = ''] = REQUEST_LINE.exec(text) ?? [];
  if (version !== '' && !version.startsWith('1.')) return 505;
  if (code === 'HPE_INVALID_VERSION') return version === '' ? 400 : 505;
  return code === 'HPE_INVALID_METHOD' && version !== '' ? 501 : 400;
}

const HEAD_END = '\r\n\r\n';
