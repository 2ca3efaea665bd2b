import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const APPLICATION_DATA = 23;
const HEAD_BYTES = 5;

/** Passes connections on to a server with TLS, and counts the records with data that the server sends (RFC 5246 §6.2.1). */
export class RecordRelay implements AsyncDisposable {
  /** How many records with data there were. */
  count = 0;
  private readonly sockets: Socket[] = [];
  private readonly server: Server;

  private constructor(private readonly target: number) {
    this.server = createServer((client) => this.relay(client));
  }

  static start(target: number): Promise<RecordRelay> {
    const relay = new RecordRelay(target);
    return new Promise((resolve) => relay.server.listen(0, '127.0.0.1', () => resolve(relay)));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private relay(client: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    let rest: Buffer = Buffer.alloc(0);
    server.on('data', (chunk: Buffer) => {
      rest = this.countIn(Buffer.concat([rest, chunk]));
      client.write(chunk);
    });
    client.on('data', (chunk: Buffer) => server.write(chunk));
    for (const socket of [client, server]) {
      this.sockets.push(socket);
      socket.on('error', () => undefined).on('close', () => (client.destroy(), server.destroy()));
    }
  }

  /** Returns the beginning of a record that has not arrived as a whole. */
  private countIn(bytes: Buffer): Buffer {
    let at = 0;
    while (bytes.byteLength >= at + HEAD_BYTES) {
      const end = at + HEAD_BYTES + bytes.readUInt16BE(at + 3);
      if (bytes.byteLength < end) break;
      if (bytes[at] === APPLICATION_DATA) this.count++;
      at = end;
    }
    return bytes.subarray(at);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
