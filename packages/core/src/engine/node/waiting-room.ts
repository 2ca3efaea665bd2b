/** A connection may always have so many. */
const FEW = 64;
/** Each takes about 2 KB, and one packet can bring 2,400 of them. */
const MOST = 16_384;

/** Bounds how many pipelined requests wait behind an earlier answer, over all connections. */
export class WaitingRoom {
  private count = 0;

  /** Counts one more; returns false if it is full. */
  enter(ofConnection: number): boolean {
    if (this.count >= MOST && ofConnection >= FEW) return false;
    this.count++;
    return true;
  }

  leave(count: number): void {
    this.count -= count;
  }
}
