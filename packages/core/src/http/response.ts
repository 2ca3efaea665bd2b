import { formatSetCookie, type CookieOptions } from './headers/cookies';
import { ResponseHeaders } from './headers/headers';
import { parseMediaType } from './headers/media-type';
import { isFinalStatus } from './status/status';
import { holdFailure, isStreamSource, stopSource, type StreamSource } from './body/stream-body';

/** What a response can carry: text (sent as UTF-8), bytes, a stream, or nothing. */
export type ResponseBody = string | Uint8Array | StreamSource | undefined;

/**
 * The response while it is being made: set fields, in any order; nothing is sent here.
 * The engine writes it once, when the onion has unwound.
 */
export class HttpResponse {
  readonly headers = new ResponseHeaders();
  private chosenStatus = 0;
  private isEmptyByDefault = false;
  private chosenBody: ResponseBody = undefined;
  private cookieLines: Map<string, string> | undefined;

  /** The status code; 0 until something has answered. Setting throws RangeError outside 200–599. */
  get status(): number {
    return this.chosenStatus;
  }

  set status(status: number) {
    if (!isFinalStatus(status)) {
      throw new RangeError(`A response status is a whole number from 200 to 599, not ${String(status)}.`);
    }
    this.chosenStatus = status;
    this.isEmptyByDefault = false;
  }

  /** What is sent; nothing where it is undefined. */
  get body(): ResponseBody {
    return this.chosenBody;
  }

  set body(body: ResponseBody) {
    if (typeof body === 'object') holdFailure(body);
    this.chosenBody = body;
  }

  /** Answers whether a step has answered: a status or a body is there. */
  get isAnswered(): boolean {
    return this.chosenStatus !== 0 || this.chosenBody !== undefined;
  }

  /** Nobody chose a status: 200 with a body, 204 without one, until a later step has a body after all. */
  chooseDefaultStatus(): void {
    const isOpen = this.chosenStatus === 0 || this.isEmptyByDefault;
    if (!isOpen) return;
    this.isEmptyByDefault = this.chosenBody === undefined;
    this.chosenStatus = this.isEmptyByDefault ? 204 : 200;
  }

  /** The Content-Type without its parameters, in lower case: `application/json`. */
  get mediaType(): string | undefined {
    const contentType = this.headers.get('Content-Type');
    return contentType === undefined ? undefined : parseMediaType(contentType);
  }

  /**
   * Sets a cookie; a later one with the same name, domain and path replaces it.
   *
   * @throws TypeError when it could not be sent, or its attributes contradict one another
   */
  setCookie(name: string, value: string, options: CookieOptions = {}): void {
    const line = formatSetCookie(name, value, options);
    const key = `${name};${options.domain ?? ''};${options.path ?? ''}`;
    const replaced = (this.cookieLines ??= new Map<string, string>()).get(key);
    this.cookieLines.set(key, line);
    if (replaced !== undefined) this.dropCookieLine(replaced);
    this.headers.append('Set-Cookie', line);
  }

  /** Deletes a cookie: an empty one with Max-Age=0. Path, domain and attributes must be those it was set with. */
  clearCookie(name: string, options: CookieOptions = {}): void {
    this.setCookie(name, '', { ...options, maxAge: 0 });
  }

  private dropCookieLine(line: string): void {
    const kept = this.headers.getAll('Set-Cookie').filter((other) => other !== line);
    this.headers.delete('Set-Cookie');
    for (const other of kept) this.headers.append('Set-Cookie', other);
  }

  /** Takes back status, body and the headers that describe a body; all other headers stay. A stream is stopped. */
  reset(): void {
    this.chosenStatus = 0;
    if (isStreamSource(this.chosenBody)) stopSource(this.chosenBody);
    this.chosenBody = undefined;
    this.headers.dropRepresentation();
  }
}
