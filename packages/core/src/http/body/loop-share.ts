/** A stream may send this much before others have their turn. */
const BYTES_PER_TURN = 65_536;
/** The least that a chunk counts, because short chunks take time too. */
const LEAST_BYTES = 1024;

/** Read when the process starts: the fake timers of a test would stop the stream. */
const afterOthers = setImmediate;

/**
 * Limits the share of one stream in the event loop. A source that always has its next chunk ready would run in
 * microtasks only: no other request would be served, and no abort noticed.
 */
export class LoopShare {
  private left = BYTES_PER_TURN;

  /** Counts bytes that were sent; returns a promise if others have their turn first. */
  take(bytes: number): Promise<void> | undefined {
    this.left -= Math.max(bytes, LEAST_BYTES);
    if (this.left > 0) return undefined;
    this.left = BYTES_PER_TURN;
    return new Promise((resolve) => afterOthers(resolve));
  }
}
