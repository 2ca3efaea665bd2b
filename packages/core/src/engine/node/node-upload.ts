import type { IncomingMessage } from 'node:http';
import type { Upload } from '../body/upload';

/** Read when the process starts: the fake timers of a test would stop the upload. */
const afterTurn = setImmediate;

/** About what the system holds of a connection that is not read. */
const MOST_GLANCED_BYTES = 8 * 1024 * 1024;

const NOTHING = new Uint8Array(0);

/** The body of a request of node:http. */
export class NodeUpload implements Upload {
  /** The bytes that are still expected; Infinity for a chunked body. */
  private left: number;
  private isPaused = false;
  private isGlancing = false;
  private received = 0;

  /** @param length the bytes that are announced; undefined for a chunked body */
  constructor(
    private readonly req: IncomingMessage,
    length: string | undefined,
  ) {
    this.left = Number(length ?? Infinity);
  }

  onData(receive: (chunk: Uint8Array, isLast: boolean) => void): void {
    this.req.on('data', (chunk: Buffer) => {
      this.left -= chunk.byteLength;
      this.received += chunk.byteLength;
      receive(chunk, this.left === 0);
    });
    // An announced body ends with its last byte, one step earlier.
    this.req.on('end', () => {
      if (this.left !== 0) receive(NOTHING, true);
    });
  }

  /** After `resume` the client is read for a while, so that its end can be noticed. */
  pause(): void {
    this.isPaused = true;
    if (!this.isGlancing) this.req.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.req.resume();
    if (this.isGlancing) return;
    this.isGlancing = true;
    this.glance(this.received + MOST_GLANCED_BYTES, -1);
  }

  /** Reads on while more arrives in each turn of the loop. */
  private glance(most: number, before: number): void {
    const { received, req } = this;
    if (received > before && received < most) {
      afterTurn(() => this.glance(most, received));
      return;
    }
    this.isGlancing = false;
    if (this.isPaused) req.pause();
  }
}
