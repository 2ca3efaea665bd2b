/** The address is looked at for one of so many answers. */
const SAMPLE = 64;
const MOST_SAMPLES = 256;
const WINDOW_MS = 10_000;

/**
 * Finds clients that do not read answers without a body. For a body the engine says whether the socket has taken the
 * earlier answers; for an empty one it does not. So the answers to each address are counted, and above 16,384 in ten
 * seconds some of them wait for a turn of the loop: a client that sends its next request without waiting then loses
 * its connection. That rate needs pipelining, or a proxy, which does not pipeline.
 */
export class BodilessAnswers {
  private count = 0;
  private windowStart = 0;
  private readonly samples = new Map<string, number>();

  /** Counts an answer; returns whether it has to wait for the next turn. */
  mustWait(readAddress: () => ArrayBuffer): boolean {
    this.count++;
    if (this.count % SAMPLE !== 0) return false;
    const now = Date.now();
    if (now - this.windowStart > WINDOW_MS) {
      this.samples.clear();
      this.windowStart = now;
    }
    const address = Buffer.from(readAddress()).toString('latin1');
    const samples = (this.samples.get(address) ?? 0) + 1;
    this.samples.set(address, samples);
    return samples > MOST_SAMPLES;
  }
}
