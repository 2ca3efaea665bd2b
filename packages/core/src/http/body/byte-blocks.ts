/** A block of this many bytes is large enough to be passed on. */
export const BLOCK_BYTES = 16_384;

const EMPTY = new Uint8Array(0);

/**
 * Bytes that wait to be read. Small chunks are gathered into blocks, because a client can send a body in chunks of one
 * byte, each of which would cost an object and a call. The memory is at most about twice the bytes.
 */
export class ByteBlocks {
  /** The number of waiting bytes. */
  byteLength = 0;

  private whole: Uint8Array[] = [];
  /** The last block while it grows; its first `used` bytes count. */
  private last: Uint8Array = EMPTY;
  private used = 0;

  /** Answers whether a block of at least `BLOCK_BYTES` is waiting. */
  get hasWhole(): boolean {
    return this.whole.length > 0;
  }

  /** Copies a chunk. */
  push(chunk: Uint8Array): void {
    this.byteLength += chunk.byteLength;
    if (this.used === 0) this.start(chunk);
    else if (this.used + chunk.byteLength < BLOCK_BYTES) this.append(chunk);
    else {
      const missing = BLOCK_BYTES - this.used;
      this.append(chunk.subarray(0, missing));
      this.whole.push(this.last);
      this.start(chunk.subarray(missing));
    }
  }

  /** Takes the next block; only the last one may be shorter than `BLOCK_BYTES`. Undefined if no bytes are waiting. */
  shift(): Uint8Array | undefined {
    if (this.byteLength === 0) return undefined;
    const block = this.whole.shift() ?? this.takeLast();
    this.byteLength -= block.byteLength;
    return block;
  }

  /** Takes all bytes as one array. */
  takeAll(): Uint8Array {
    if (this.whole.length === 0) return this.shift() ?? new Uint8Array(0);
    if (this.whole.length === 1 && this.used === 0) return this.shift()!;
    const all = new Uint8Array(this.byteLength);
    let at = 0;
    for (const block of this.whole) {
      all.set(block, at);
      at += block.byteLength;
    }
    all.set(this.last.subarray(0, this.used), at);
    this.clear();
    return all;
  }

  /** Drops all bytes. */
  clear(): void {
    this.byteLength = 0;
    this.whole = [];
    this.start(EMPTY);
  }

  private start(chunk: Uint8Array): void {
    this.used = 0;
    this.last = EMPTY;
    if (chunk.byteLength >= BLOCK_BYTES) this.whole.push(copy(chunk));
    else if (chunk.byteLength > 0) {
      this.last = copy(chunk);
      this.used = chunk.byteLength;
    }
  }

  /** Adds to the last block, which doubles until it is whole: each byte is copied about twice, and no memory is spent ahead. */
  private append(chunk: Uint8Array): void {
    const needed = this.used + chunk.byteLength;
    if (needed > this.last.byteLength) {
      const grown = new Uint8Array(Math.min(BLOCK_BYTES, Math.max(needed, 2 * this.last.byteLength)));
      grown.set(this.last.subarray(0, this.used));
      this.last = grown;
    }
    this.last.set(chunk, this.used);
    this.used = needed;
  }

  private takeLast(): Uint8Array {
    const { last, used } = this;
    this.start(EMPTY);
    return used === last.byteLength ? last : last.slice(0, used);
  }
}

/** A copy that owns its memory: that of a Buffer would be a part of Node's shared pool. */
function copy(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk);
}
