import type { RequestSource } from '../request-source';
import { holdRejection, type MaybePromise } from '../maybe-promise';
import { QueryValues } from '../query/query-values';
import { parseJson, parseText } from './body-parsers';
import { streamBytes } from './stream-body';
import { parseTextAs } from './text-decoder';

type BodySource = Pick<RequestSource, 'lendBody' | 'readBody' | 'readHeader' | 'streamBody'>;

/** The body of a request, which can be read in several ways, or once as a stream. */
export class BodyReader {
  private knownBytes: MaybePromise<Uint8Array> | undefined;
  private isStreamed = false;

  /** @param limit the most bytes that the body may have */
  constructor(
    private readonly source: BodySource,
    private readonly limit: number,
  ) {}

  /**
   * The body as bytes. It is read once and kept, so `bytes`, `text`, `json` and `form` can all be called.
   *
   * @throws HttpError 413 above the route's body limit (`@BodyLimit`, default 1 MiB), 400 when the client disconnected
   * @throws Error when the body was taken as a stream before
   */
  bytes(): Promise<Uint8Array> {
    return holdRejection((async () => this.readBytes())());
  }

  /** The same without a promise if the body is there already, for steps that stay synchronous. May throw at once. */
  readBytes(): MaybePromise<Uint8Array> {
    this.refuseStreamed();
    return (this.knownBytes ??= this.source.readBody(this.limit));
  }

  /**
   * The body as it arrives, with back-pressure; leaving the loop drops the rest. A chunk has 16 KiB or more, or what has
   * come when the loop waits. It can be called once, and instead of `bytes`, `text`, `json` and `form`; a body that was
   * read before is one chunk. The loop throws HttpError 413 above the route's body limit, 400 when the client
   * disconnects before the end.
   *
   * @throws Error when the body was taken as a stream before
   * @example for await (const chunk of context.request.stream()) hash.update(chunk);
   */
  stream(): AsyncIterableIterator<Uint8Array> {
    if (this.knownBytes !== undefined) return streamBytes(this.knownBytes);
    this.refuseStreamed();
    this.isStreamed = true;
    return this.source.streamBody(this.limit);
  }

  /** The body for parsing at once, without a copy if possible. The bytes are valid only until the caller returns. */
  lendBytes(): MaybePromise<Uint8Array> {
    return this.knownBytes ?? (this.isStreamed ? undefined : this.source.lendBody()) ?? this.readBytes();
  }

  /**
   * The body as text in its charset, else UTF-8.
   *
   * @throws HttpError 400 when the text is malformed, 415 when the charset is unknown, and like `bytes`
   */
  text(): Promise<string> {
    return holdRejection(
      this.bytes().then((bytes) => parseTextAs(this.source.readHeader('content-type'), bytes)),
    );
  }

  /**
   * The body parsed as JSON, whatever its content type.
   *
   * @throws HttpError 400 when the JSON is malformed, and like `bytes`
   */
  json(): Promise<unknown> {
    return holdRejection(this.bytes().then(parseJson));
  }

  /**
   * The body parsed as a URL-encoded form, whatever its content type.
   *
   * @throws HttpError 400 when the form is malformed, and like `bytes`
   */
  form(): Promise<QueryValues> {
    return holdRejection(this.bytes().then((bytes) => new QueryValues(parseText(bytes))));
  }

  private refuseStreamed(): void {
    if (this.isStreamed) throw new Error('The body was taken as a stream and cannot be read again.');
  }
}
