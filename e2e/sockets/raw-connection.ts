import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { within } from './within';

/** A response as it is on the wire. */
export interface RawResponse {
  /** `HTTP/1.1 200 OK` */
  readonly statusLine: string;
  readonly status: number;
  /** Header lines in order. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The value of the first line with the name, or undefined. */
  header(name: string): string | undefined;
}

/** A connection on which tests write each byte. */
export class RawConnection {
  /** The bytes that have arrived and were not read, in order. */
  private pieces: Buffer[] = [];
  private unreadBytes = 0;
  private isEnded = false;
  private wake: (() => void) | undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk) => {
      this.pieces.push(chunk);
      this.unreadBytes += chunk.byteLength;
      this.wake?.();
    });
    const end = (): void => {
      this.isEnded = true;
      this.wake?.();
    };
    // A reset counts as an end too.
    socket.on('end', end).on('close', end).on('error', end);
  }

  static open(target: number | NetConnectOpts): Promise<RawConnection> {
    const options = typeof target === 'number' ? { port: target, host: '127.0.0.1' } : target;
    const socket = connect(options);
    return RawConnection.whenOpen(socket, 'connect');
  }

  /** Opens one with TLS, without a check of the certificate. */
  static openTls(port: number): Promise<RawConnection> {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    return RawConnection.whenOpen(socket, 'secureConnect');
  }

  private static whenOpen(socket: Socket, event: 'connect' | 'secureConnect'): Promise<RawConnection> {
    const opening = new Promise<RawConnection>((resolve, reject) => {
      socket.once('error', reject).once(event, () => {
        socket.off('error', reject);
        resolve(new RawConnection(socket));
      });
    });
    return within(opening, () => 'The connection is not accepted.');
  }

  /** Sends texts or bytes as they are. */
  send(...pieces: readonly (string | Uint8Array)[]): void {
    for (const piece of pieces)
      this.socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
  }

  /** Sends a request without a body, and reads its response. */
  ask(method: string, target: string, ...lines: readonly string[]): Promise<RawResponse> {
    this.send(formatHead(method, target, ...lines));
    return this.readResponse({ isHead: method === 'HEAD' });
  }

  /** Reads the next whole response. Rejects if the connection ends first. */
  async readResponse({ isHead = false } = {}): Promise<RawResponse> {
    const head = await this.readThrough('\r\n\r\n');
    const [statusLine = '', ...rest] = head.toString('latin1').trimEnd().split('\r\n');
    const lines = rest.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
    const header = (name: string): string | undefined =>
      lines.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
    const status = Number(statusLine.split(' ')[1]);
    const hasBody = !isHead && status !== 204 && status !== 304;
    let body: Buffer = Buffer.alloc(0);
    if (hasBody && header('transfer-encoding') === 'chunked') body = await this.readChunked();
    else if (hasBody) body = await this.readBytes(Number(header('content-length') ?? 0));
    return { statusLine, status, lines, body, header };
  }

  /** Waits for `count` bytes, and reads them. */
  async readBytes(count: number): Promise<Buffer> {
    while (this.unreadBytes < count) await this.more();
    return this.take(count);
  }

  /** Reads all bytes up to the end of `mark`. */
  async readThrough(mark: string): Promise<Buffer> {
    for (;;) {
      const at = this.join().indexOf(mark);
      if (at !== -1) return this.take(at + mark.length);
      await this.more();
    }
  }

  /** Waits until the other side has closed, and reads the rest. */
  async readToEnd(): Promise<Buffer> {
    while (!this.isEnded) await this.more();
    return this.take(this.unreadBytes);
  }

  /** Cuts the connection. The other side sees a reset or an end. */
  cut(): void {
    this.socket.destroy();
  }

  private async readChunked(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (;;) {
      const size = Number.parseInt((await this.readThrough('\r\n')).toString('latin1'), 16);
      const part = await this.readBytes(size + 2);
      if (size === 0) return Buffer.concat(parts);
      parts.push(part.subarray(0, size));
    }
  }

  private join(): Buffer {
    const whole = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    this.pieces = [whole];
    return whole;
  }

  private take(count: number): Buffer {
    const whole = this.join();
    this.pieces = [whole.subarray(count)];
    this.unreadBytes = whole.byteLength - count;
    return whole.subarray(0, count);
  }

  private more(): Promise<void> {
    if (this.isEnded) return Promise.reject(new Error(`The connection ended; ${this.describe()}`));
    return within(
      new Promise<void>((resolve) => (this.wake = resolve)),
      () => `The connection brings no more bytes; ${this.describe()}`,
    );
  }

  private describe(): string {
    return `unread: ${JSON.stringify(this.join().toString('latin1').slice(0, 500))}`;
  }
}

/** The head of an HTTP/1.1 request, with Host. */
export function formatHead(method: string, target: string, ...lines: readonly string[]): string {
  return [`${method} ${target} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');
}
