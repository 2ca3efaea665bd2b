import type { Upload } from './upload';

/** After so many bytes the client is paused, and may notice its answer. The engine still takes what has arrived. */
export const MOST_DROPPED_BYTES = 16 * 1024 * 1024;
/** A client that sends as fast as the engine takes is not paused, so it ends here. */
const MOST_BYTES = 2 * MOST_DROPPED_BYTES;
/** In milliseconds. */
const LONGEST = 30_000;

/**
 * Drops the bytes that a client still sends after its answer, within bounds of bytes and time. If the connection was
 * closed at once, the answer could be lost (RFC 9112 §9.6).
 */
export class Linger {
  /** Resolves when the last byte has come, when the client is quiet or has gone, and at the bounds. */
  readonly over: Promise<void>;

  private bytes = 0;
  private readonly timers: NodeJS.Timeout[];
  private resolve!: () => void;

  /** @param quiet so many milliseconds without a byte are the end */
  constructor(
    private readonly upload: Pick<Upload, 'pause'>,
    quiet: number,
  ) {
    this.over = new Promise((resolve) => (this.resolve = resolve));
    this.timers = [quiet, LONGEST].map((after) => setTimeout(() => this.end(), after));
  }

  receive(bytes: number, isLast: boolean): void {
    this.bytes += bytes;
    this.timers[0]!.refresh();
    if (isLast || this.bytes > MOST_BYTES) this.end();
    else if (this.bytes > MOST_DROPPED_BYTES) this.upload.pause();
  }

  /** Nothing comes any more. */
  end(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.resolve();
  }
}
