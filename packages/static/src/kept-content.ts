import { HeaderBlock, HeaderLine, type Context, type Reply } from '@sluice/core';
import { answerWithFile, type FileHead, type OpenFile } from '@sluice/core/kit';
import type { FoundFile } from './find-file';

/** The headers by which a request asks for something else than the whole file. */
const CONDITIONS = [
  'if-none-match',
  'range',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
] as const;

/** A small file in memory, with its headers made and checked. */
export class KeptContent {
  private readonly headers: HeaderBlock;

  constructor(
    private readonly head: FileHead,
    private readonly content: Buffer,
    private readonly modifiedNs: bigint,
  ) {
    const { contentType, cacheHeaders, contentHeaders } = head;
    const all = { 'Content-Type': contentType, ...cacheHeaders, 'Accept-Ranges': 'bytes', ...contentHeaders };
    this.headers = new HeaderBlock(Object.entries(all).map(([name, value]) => new HeaderLine(name, value)));
  }

  get size(): number {
    return this.content.length;
  }

  /** Answers whether the file on the disk is surely the same. */
  isSame({ size, modifiedNs }: FoundFile): boolean {
    // Two writes soon after each other can leave the same date.
    return this.head.validators.isDateStrong && size === this.size && modifiedNs === this.modifiedNs;
  }

  /** Makes the reply to a request. */
  answer(context: Context): Reply | Buffer {
    const { request, response } = context;
    if (response.isAnswered || CONDITIONS.some((name) => request.header(name) !== undefined))
      return answerWithFile(context, this.head, ({ start, end }) => this.content.subarray(start, end + 1));
    response.headers.setBlock(this.headers);
    return this.content;
  }
}

/** Reads a whole file. Undefined if its size changes meanwhile. Closes it in any case. */
export async function keepContent(head: FileHead, opened: OpenFile): Promise<KeptContent | undefined> {
  const { handle, size, modifiedNs } = opened;
  try {
    // One byte more than expected shows that the file has grown.
    const buffer = Buffer.allocUnsafeSlow(size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length <= size; length += read)
      ({ bytesRead: read } = await handle.read(buffer, length, size + 1 - length, length));
    return length === size ? new KeptContent(head, buffer.subarray(0, size), modifiedNs) : undefined;
  } finally {
    await handle.close();
  }
}
