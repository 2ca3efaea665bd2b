/** Random numbers that a seed repeats (mulberry32). */
export class Random {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed;
  }

  /** From 0 up to, and not including, `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Bytes that are different in every request: numbers that count from any one on. */
  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length + 3);
    const first = this.below(0x7fff_0000);
    for (let at = 0; at < length; at += 4) bytes.writeInt32LE(first + at, at);
    return bytes.subarray(0, length);
  }
}
