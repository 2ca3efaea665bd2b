import { decodeHeader } from '../../http/headers/decode-header';
import { badRequest, type HttpError } from '../../http/status/http-error';
import { findHostFault } from '../find-host-fault';
import { findFirstLine, findHeader } from '../find-lines';

const NONE: readonly string[] = [];

/**
 * The header lines of a request as node:http gives them: name, value, name, value …, with a character for each byte.
 * Names are compared where they are, and a value is decoded when it is read.
 */
export class RawHead {
  /** The lines about the body and the connection, names in lower case. */
  framing: readonly string[] = NONE;
  /** It has a Content-Length or a Transfer-Encoding. */
  announcesBody = false;

  private hasCoding = false;
  private hosts = 0;
  private host: string | undefined;
  private lines: string[] | undefined;

  /** @param authority that of an absolute target, which replaces the Host header (RFC 9112 §3.2.2) */
  constructor(
    private readonly raw: readonly string[],
    private readonly authority: string | undefined,
  ) {
    for (let index = 0; index < raw.length; index += 2) {
      const name = raw[index]!;
      if (isNamed(name, 'host')) {
        this.hosts++;
        this.host = raw[index + 1];
      } else if (isNamed(name, 'connection')) this.addFraming('connection', index);
      else if (isNamed(name, 'content-length')) {
        this.announcesBody = true;
        this.addFraming('content-length', index);
      } else if (isNamed(name, 'transfer-encoding')) {
        this.announcesBody = true;
        this.hasCoding = true;
        this.addFraming('transfer-encoding', index);
      }
    }
  }

  /** The refusal of a head that two servers could read differently, except for the framing of the body. */
  findFault(minorVersion: number): HttpError | undefined {
    const { hosts, host, authority } = this;
    const isOld = minorVersion === 0;
    // RFC 9112 §6.1: a server of HTTP/1.0 in front of this one has not seen it.
    if (isOld && this.hasCoding)
      return refuse('framing', 'A request of HTTP/1.0 must not have a Transfer-Encoding.');
    // A request of HTTP/1.0 needs none (RFC 9112 §3.2).
    if (hosts > 1 || (hosts === 0 && !isOld))
      return refuse('host_invalid', 'The request must have one Host header.');
    return findHostFault((authority ?? decode(host)) || undefined);
  }

  /** The lines of one header, combined; undefined if there are none. */
  find(lowerName: string): string | undefined {
    return findHeader(this.lines ?? this.select(lowerName), lowerName);
  }

  /** The first line of one header; undefined if there is none, or it is empty. */
  findFirst(lowerName: string): string | undefined {
    return findFirstLine(this.lines ?? this.select(lowerName), lowerName);
  }

  /** All lines: name in lower case, value, name, value … */
  list(): readonly string[] {
    if (this.lines !== undefined) return this.lines;
    const { raw, authority } = this;
    const lines: string[] = [];
    if (authority !== undefined) lines.push('host', authority);
    for (let index = 0; index < raw.length; index += 2) {
      const name = raw[index]!.toLowerCase();
      if (name !== 'host' || authority === undefined) lines.push(name, decodeHeader(raw[index + 1]!));
    }
    return (this.lines = lines);
  }

  private addFraming(lowerName: string, index: number): void {
    this.framing = [...this.framing, lowerName, this.raw[index + 1]!];
  }

  private select(lowerName: string): readonly string[] {
    const { raw, authority } = this;
    if (lowerName === 'host' && authority !== undefined) return [lowerName, authority];
    let found: string[] | undefined;
    for (let index = 0; index < raw.length; index += 2) {
      if (isNamed(raw[index]!, lowerName)) (found ??= []).push(lowerName, decodeHeader(raw[index + 1]!));
    }
    return found ?? NONE;
  }
}

function isNamed(name: string, lowerName: string): boolean {
  return name.length === lowerName.length && (name === lowerName || name.toLowerCase() === lowerName);
}

function decode(value: string | undefined): string | undefined {
  return value === undefined ? undefined : decodeHeader(value);
}

function refuse(code: string, detail: string): HttpError {
  return badRequest({ code, detail, headers: { Connection: 'close' } });
}
