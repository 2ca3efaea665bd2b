import { Dicer } from '@fastify/busboy';
import type { MaybePromise } from '../http/maybe-promise';
import { viewAsBuffer } from '../http/body/body-parsers';
import { refuseMalformed, refuseTooMuch } from './form-refusals';
import { parsePartHead, type PartHead, type PartLines } from './parse-part-head';

/** Takes the content of one part. */
export interface PartSink {
  write(chunk: Uint8Array): MaybePromise<void>;
  finish(): MaybePromise<void>;
}

/** What is asked of a multipart body. */
export interface MultipartOptions {
  readonly boundary: string;
  readonly parts: number;
  readonly headerBytes: number;
  /** Called with the head of each part; what it throws ends the reading. */
  openPart(head: PartHead): PartSink;
}

/** No part needs more. */
const MOST_HEADER_LINES = 20;

/**
 * Reads a multipart body (RFC 2046 §5.1), one chunk at a time: the next is asked for when what this one brought has
 * been taken. What stands before the first boundary and behind the last is dropped.
 *
 * @throws HttpError 400 where it is malformed or does not end, 413 over a limit, and what a part's sink throws
 */
export async function readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  options: MultipartOptions,
): Promise<void> {
  const reader = new MultipartReader(options);
  try {
    for await (const chunk of chunks) if (await reader.take(chunk)) return;
    await reader.end();
  } finally {
    reader.close();
  }
}

interface Part {
  readonly chunks: Uint8Array[];
  sink: PartSink | undefined;
  /** All of it has come. */
  isComplete: boolean;
  /** All of it has been taken. */
  isTaken: boolean;
}

/** Turns of the event loop within which the parser has told the end of a part whose bytes it has. */
const MOST_TURNS = 100;
/** The parser need not count what waits in a part: each chunk is taken before it gets the next. */
const NEVER_FULL = 2 ** 30;

/** Turns the parser's events into calls that can be waited for: parts are handed on in order, one after another. */
class MultipartReader {
  private readonly parser: Dicer;
  private parts: Part[] = [];
  private count = 0;
  private isEnded = false;
  private failure: Error | undefined;
  private whenEnded: () => void = () => undefined;

  constructor(private readonly options: MultipartOptions) {
    this.parser = new Dicer({
      boundary: options.boundary,
      // What is longer is cut off without a word: cut off later than it is refused here.
      maxHeaderSize: 2 * options.headerBytes,
      maxHeaderPairs: MOST_HEADER_LINES + 1,
      partHwm: NEVER_FULL,
    } as ConstructorParameters<typeof Dicer>[0]);
    this.parser.on('part', (stream) => this.openPart(stream));
    this.parser.on('finish', () => this.settle());
    this.parser.on('error', () => this.fail(refuseMalformed('The form ends before its last boundary.')));
  }

  /** Answers whether the form is complete. */
  async take(chunk: Uint8Array): Promise<boolean> {
    await new Promise<void>((resolve) => this.parser.write(viewAsBuffer(chunk), () => resolve()));
    await this.handOn();
    return this.isEnded && this.isTaken;
  }

  async end(): Promise<void> {
    const ended = new Promise<void>((resolve) => (this.whenEnded = resolve));
    this.parser.end();
    if (!this.isEnded) await ended;
    this.check();
    // A part tells its end a little later than the parser.
    for (let turn = 0; turn < MOST_TURNS && !this.isTaken; turn++) {
      await this.handOn();
      await new Promise(setImmediate);
    }
    if (!this.isTaken) throw refuseMalformed('A part of the form does not end.');
  }

  close(): void {
    this.parser.destroy();
  }

  private get isTaken(): boolean {
    return this.parts.length === 0;
  }

  private openPart(stream: Dicer.PartStream): void {
    const part: Part = { chunks: [], sink: undefined, isComplete: false, isTaken: false };
    this.parts.push(part);
    if (++this.count > this.options.parts) this.fail(refuseTooMuch(`${this.options.parts} parts`));
    stream.on('header', (lines) => this.openSink(part, lines as PartLines));
    stream.on('data', (chunk: Uint8Array) => part.chunks.push(chunk));
    stream.on('end', () => (part.isComplete = true));
    stream.on('error', () => (part.isComplete = true));
  }

  private openSink(part: Part, lines: PartLines): void {
    if (this.failure !== undefined) return;
    try {
      this.checkSize(lines);
      part.sink = this.options.openPart(parsePartHead(lines));
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private checkSize(lines: PartLines): void {
    const entries = Object.entries(lines).flatMap(([name, values = []]) =>
      values.map((value) => `${name}: ${value}\r\n`),
    );
    if (entries.length > MOST_HEADER_LINES || entries.join('').length > this.options.headerBytes)
      throw refuseTooMuch(
        `${this.options.headerBytes} bytes and ${MOST_HEADER_LINES} lines in a part's head`,
      );
  }

  private async handOn(): Promise<void> {
    this.check();
    for (const part of this.parts) {
      let chunk: Uint8Array | undefined;
      while ((chunk = part.chunks.shift()) !== undefined) await part.sink?.write(chunk);
      if (!part.isComplete) continue;
      if (part.sink === undefined) this.fail(refuseMalformed('A part of the form has no head.'));
      this.check();
      await part.sink?.finish();
      part.isTaken = true;
    }
    this.parts = this.parts.filter(({ isTaken }) => !isTaken);
    this.check();
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.settle();
  }

  private settle(): void {
    this.isEnded = true;
    this.whenEnded();
  }
}
