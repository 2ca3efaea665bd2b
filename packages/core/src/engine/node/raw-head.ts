/** The header lines of node:http: name, value, name, value …, with a character for each byte. */
import { decodeHeader } from '../../http/headers/decode-header';

/** Decodes the header lines: name in lower case, value, name, value … */
export function listLines(raw: readonly string[], authority: string | undefined): string[] {
  const lines: string[] = [];
  if (authority !== undefined) lines.push('host', authority);
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    if (name !== 'host' || authority === undefined) lines.push(name, decodeHeader(raw[index + 1]!));
  }
  return lines;
}

/** Counts the Host lines, and finds out whether there is a body, without a text for each name. */
export function scanHead(raw: readonly string[]): { hosts: number; hasFraming: boolean } {
  let hosts = 0;
  let hasFraming = false;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!;
    if (name.length === HOST.length) hosts += name.toLowerCase() === HOST ? 1 : 0;
    else if (name.length === CONTENT_LENGTH.length) hasFraming ||= name.toLowerCase() === CONTENT_LENGTH;
    else if (name.length === TRANSFER_ENCODING.length)
      hasFraming ||= name.toLowerCase() === TRANSFER_ENCODING;
  }
  return { hosts, hasFraming };
}

const HOST = 'host';
const CONTENT_LENGTH = 'content-length';
const TRANSFER_ENCODING = 'transfer-encoding';
