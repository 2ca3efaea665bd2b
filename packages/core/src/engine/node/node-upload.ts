import type { IncomingMessage } from 'node:http';
import type { Upload } from '../body/upload';

const NOTHING = new Uint8Array(0);

/** The body of a request of node:http. */
export class NodeUpload implements Upload {
  /** The bytes that are still expected; Infinity for a chunked body. */
  private left: number;

  constructor(private readonly req: IncomingMessage) {
    this.left = Number(req.headers['content-length'] ?? Infinity);
  }

  onData(receive: (chunk: Uint8Array, isLast: boolean) => void): void {
    this.req.on('data', (chunk: Buffer) => {
      this.left -= chunk.byteLength;
      receive(chunk, this.left === 0);
    });
    // An announced body ends with its last byte, one step earlier.
    this.req.on('end', () => {
      if (this.left !== 0) receive(NOTHING, true);
    });
  }

  pause(): void {
    this.req.pause();
  }

  resume(): void {
    this.req.resume();
  }
}
