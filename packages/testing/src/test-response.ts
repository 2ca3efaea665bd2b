import { ReceivedHead } from '@sluice/core/kit';
import { readEvents, type ServerSentEvent } from './read-events';
import { readLines } from './read-lines';
import type { WireResponse } from './transport';

/** A response, of which only the head has been read. The body can be read whole any number of times, or as a stream once. */
export class TestResponse extends ReceivedHead {
  private whole: Promise<Buffer> | undefined;
  private isStreamed = false;

  constructor(
    private readonly received: WireResponse,
    /** The request, the last one after redirects: `GET http://localhost/notes`. */
    readonly request: string,
  ) {
    super(received.status, received.lines);
  }

  /** The whole body. Rejects if it breaks off, or the client disconnects. */
  bytes(): Promise<Buffer> {
    this.whole ??= collect(this.stream());
    return this.whole;
  }

  /** The whole body as UTF-8. */
  async text(): Promise<string> {
    return (await this.bytes()).toString('utf8');
  }

  /** The whole body as JSON. Rejects with a SyntaxError that shows the body if it is not JSON. */
  async json<T = unknown>(): Promise<T> {
    const text = await this.text();
    try {
      return JSON.parse(text) as T;
    } catch {
      const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
      throw new SyntaxError(
        `The body of ${this.request} (${this.status}, ${this.header('content-type') ?? 'no Content-Type'}) is not JSON: ${JSON.stringify(shown)}`,
      );
    }
  }

  /** The chunks of the body as they arrive. To leave the loop disconnects the client. Throws TypeError the second time. */
  stream(): AsyncIterable<Uint8Array> {
    if (this.isStreamed) throw new TypeError(`The body of ${this.request} has already been read.`);
    this.isStreamed = true;
    return this.received.body;
  }

  /** The lines of the body as they arrive, for JSON lines. Otherwise like `stream`. */
  textLines(): AsyncIterable<string> {
    return readLines(this.stream());
  }

  /** The events of a `text/event-stream` as they arrive. Otherwise like `stream`. */
  events(): AsyncIterable<ServerSentEvent> {
    return readEvents(this.stream());
  }
}

/** The length of the part of a body that an error shows. */
const SHOWN = 200;

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
