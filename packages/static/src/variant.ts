import type { Context, Reply } from '@sluice/core';
import {
  answerWithFile,
  describeFile,
  describeOpened,
  FileChunks,
  openFile,
  type FileHead,
  type OpenFile,
} from '@sluice/core/kit';
import type { PrecompressedCoding } from './coding';
import type { FoundFile } from './find-file';
import { keepContent, type KeptContent } from './kept-content';

/** One file on the disk as a form of a resource: the original, or a compressed one. */
export class Variant {
  kept: KeptContent | undefined;
  private reading: Promise<KeptContent | undefined> | undefined;

  constructor(
    /** The name of the original, by which the media type is found. */
    private readonly name: string,
    readonly coding: PrecompressedCoding | undefined,
    readonly found: FoundFile,
    private readonly cacheControl: string,
  ) {}

  /** Reads the content into memory, once for all requests that wait for it. Undefined if the file changes meanwhile. */
  keep(): Promise<KeptContent | undefined> {
    return (this.reading ??= this.read().finally(() => (this.reading = undefined)));
  }

  private async read(): Promise<KeptContent | undefined> {
    const opened = await this.open();
    if (opened.size === this.found.size)
      return (this.kept = await keepContent(this.describe(opened), opened));
    await opened.handle.close();
    return undefined;
  }

  /** Sends the file with back-pressure. It is closed at the end, and when the client disconnects. */
  async send(context: Context): Promise<Reply> {
    const opened = await this.open();
    let chunks: FileChunks | undefined;
    try {
      const head = this.describe(opened);
      return answerWithFile(context, head, (range) => (chunks = new FileChunks(opened.handle, range)));
    } finally {
      // 304, 412 and 416 do not read the file.
      if (chunks === undefined) await opened.handle.close();
    }
  }

  /** Throws HttpError 404 when the file has gone meanwhile. */
  private open(): Promise<OpenFile> {
    return openFile(this.found.real, undefined);
  }

  private describe(opened: OpenFile): FileHead {
    const { coding, cacheControl } = this;
    const facts = describeOpened(this.name, opened);
    const suffix = coding === undefined ? '"' : `-${coding}"`;
    const etag = (): string => facts.etag().replace(/"$/, suffix);
    const contentHeaders = {
      'X-Content-Type-Options': 'nosniff',
      ...(coding !== undefined && { 'Content-Encoding': coding }),
    };
    return { ...describeFile({ ...facts, etag }, { cacheControl }), contentHeaders };
  }
}
