/** A stream may give so much before others have their turn. */
const BYTES_PER_TURN = 65_536;
/** What a chunk counts at least, however short it is: it costs time, too. */
const LEAST_BYTES = 1024;

/** Taken when the process starts: a test's fake timers would hold the stream back. */
const afterOthers = setImmediate;

/**
 * What one stream takes of the event loop. A source that always has its next chunk at once goes on in microtasks, in
 * which nobody else is served, and no client is seen to leave.
 */
export class LoopShare {
  private left = BYTES_PER_TURN;

  /** Counts what was given; a promise where others have their turn first. */
  take(bytes: number): Promise<void> | undefined {
    this.left -= Math.max(bytes, LEAST_BYTES);
    if (this.left > 0) return undefined;
    this.left = BYTES_PER_TURN;
    return new Promise((resolve) => afterOthers(resolve));
  }
}
