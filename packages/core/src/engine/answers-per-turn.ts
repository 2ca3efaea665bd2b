/** Far above the answers that honest pipelining needs in one turn: 50 connections of 16 requests are 800. */
const MOST_ANSWERS = 4096;
/** The count is reset at the end of a turn in which it has passed this, so a quiet turn pays nothing for that. */
const UNCOUNTED = 64;

/** Read when the process starts: the fake timers of a test would stop the answers. */
const afterOthers = setImmediate;

/**
 * Counts the answers that are given inside one turn of the event loop, over all connections. One packet can hold
 * 15,000 pipelined requests, and all others wait until the last of them is answered.
 */
export class AnswersPerTurn {
  private count = 0;

  /** Counts an answer; returns false if it has to wait for the next turn. */
  take(): boolean {
    this.count++;
    if (this.count === UNCOUNTED) afterOthers(() => (this.count = 0));
    return this.count <= MOST_ANSWERS;
  }
}
