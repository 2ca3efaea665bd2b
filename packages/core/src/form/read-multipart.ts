import { Dicer } from '@fastify/busboy';
import type { MaybePromise } from '../http/maybe-promise';
import { viewAsBuffer } from '../http/body/body-parsers';
import { refuseMalformed, refuseTooLarge } from './form-refusals';
import { parsePartHead, type PartHead, type PartLines } from './parse-part-head';
import { skipPadding } from './skip-padding';

/** Takes the content of one part. */
export interface PartSink {
  write(chunk: Uint8Array): MaybePromise<void>;
  finish(): MaybePromise<void>;
}

/** The boundary and the limits of a multipart body, and where its parts go. */
export interface MultipartOptions {
  readonly boundary: string;
  readonly parts: number;
  readonly headerBytes: number;
  /** Called with the head of each part. An error that it throws ends the reading. */
  openPart(head: PartHead): PartSink;
}

const MOST_HEADER_LINES = 20;

/**
 * Reads a multipart body (RFC 2046 §5.1). Asks for the next chunk when the sinks have taken the content of the last one.
 * Ignores the bytes before the first boundary and after the last one.
 *
 * @throws HttpError 400 for a malformed or incomplete body, 413 over a limit, and the errors of the sinks
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
  /** All of its bytes have arrived. */
  isComplete: boolean;
  /** The sink has taken all of its bytes. */
  isDone: boolean;
}

/** Turns of the event loop by which the end of a part may come after the end of the parser. */
const MOST_TURNS = 100;
/** The parser need not buffer the parts: their bytes are taken before it gets the next chunk. */
const NEVER_FULL = 2 ** 30;

/** Turns the parser's events into calls of the sinks, which are awaited: one part after another, in order. */
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
      // The parser truncates silently, so its limit is higher than ours, at which a head is refused.
      maxHeaderSize: 2 * options.headerBytes,
      maxHeaderPairs: MOST_HEADER_LINES + 1,
      partHwm: NEVER_FULL,
    } as ConstructorParameters<typeof Dicer>[0]);
    skipPadding(this.parser);
    this.parser.on('part', (stream) => this.openPart(stream));
    this.parser.on('finish', () => this.markEnded());
    this.parser.on('error', () => this.fail(refuseMalformed('The form ends before its last boundary.')));
  }

  /** Answers whether the form is complete. */
  async take(chunk: Uint8Array): Promise<boolean> {
    await new Promise<void>((resolve) => this.parser.write(viewAsBuffer(chunk), () => resolve()));
    await this.deliver();
    return this.isEnded && this.isDone;
  }

  async end(): Promise<void> {
    const ended = new Promise<void>((resolve) => (this.whenEnded = resolve));
    this.parser.end();
    if (!this.isEnded) await ended;
    this.check();
    for (let turn = 0; turn < MOST_TURNS && !this.isDone; turn++) {
      await this.deliver();
      await new Promise(setImmediate);
    }
    if (!this.isDone) throw refuseMalformed('A part of the form does not end.');
  }

  close(): void {
    this.parser.destroy();
  }

  private get isDone(): boolean {
    return this.parts.length === 0;
  }

  private openPart(stream: Dicer.PartStream): void {
    const part: Part = { chunks: [], sink: undefined, isComplete: false, isDone: false };
    this.parts.push(part);
    if (++this.count > this.options.parts)
      this.fail(refuseTooLarge(`The form has too many parts; the limit is ${this.options.parts}.`));
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
      throw refuseTooLarge(
        `The head of a part is too large; the limits are ${this.options.headerBytes} bytes and ${MOST_HEADER_LINES} lines.`,
      );
  }

  private async deliver(): Promise<void> {
    this.check();
    for (const part of this.parts) {
      // The loop takes the chunks too that come while the sink writes.
      for (const chunk of part.chunks) await part.sink?.write(chunk);
      part.chunks.length = 0;
      if (!part.isComplete) continue;
      if (part.sink === undefined) this.fail(refuseMalformed('A part of the form has no head.'));
      this.check();
      await part.sink?.finish();
      part.isDone = true;
    }
    this.parts = this.parts.filter(({ isDone }) => !isDone);
    this.check();
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.markEnded();
  }

  private markEnded(): void {
    this.isEnded = true;
    this.whenEnded();
  }
}
