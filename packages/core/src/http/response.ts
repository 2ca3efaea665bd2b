import { formatSetCookie, type CookieOptions } from './headers/cookies';
import { ResponseHeaders } from './headers/headers';
import { parseMediaType } from './headers/media-type';
import { isFinalStatus } from './status/status';
import { holdFailure, isStreamSource, stopSource, type StreamSource } from './body/stream-body';

/** The body of a response: text (sent as UTF-8), bytes, a stream, or nothing. */
export type ResponseBody = string | Uint8Array | StreamSource | undefined;

interface SetCookieLine {
  readonly key: string;
  readonly line: string;
}

/**
 * The response while it is being made. Fields can be set in any order. Nothing is sent here: the engine writes the
 * response once, after all middleware has returned.
 */
export class HttpResponse {
  readonly headers = new ResponseHeaders();
  /** Whether it has a value of this request alone, such as a nonce: then no cache keeps it. `reset` does not change this. */
  isUnique = false;
  private chosenStatus = 0;
  private isEmptyByDefault = false;
  private chosenBody: ResponseBody = undefined;
  private cookies: SetCookieLine[] | undefined;

  /** The status code; 0 until a step has set it. Setting throws RangeError outside 200 to 599. */
  get status(): number {
    return this.chosenStatus;
  }

  set status(status: number) {
    if (!isFinalStatus(status)) {
      throw new RangeError(
        `A response status must be a whole number from 200 to 599, not ${String(status)}.`,
      );
    }
    this.chosenStatus = status;
    this.isEmptyByDefault = false;
  }

  /** The body to send; undefined for none. */
  get body(): ResponseBody {
    return this.chosenBody;
  }

  set body(body: ResponseBody) {
    if (typeof body === 'object') holdFailure(body);
    this.chosenBody = body;
  }

  /** Answers whether a step has set a status or a body. */
  get isAnswered(): boolean {
    return this.chosenStatus !== 0 || this.chosenBody !== undefined;
  }

  /** Sets the status if no step has: 200 with a body, else 204, which a body from a later step turns into 200. */
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
   * Sets a cookie (RFC 6265bis §4.1). A later one with the same name, domain, path and `partitioned` replaces it.
   *
   * @throws TypeError when the name or an attribute cannot be sent, or the attributes contradict one another
   * @example context.response.setCookie('theme', 'dark', { path: '/', maxAge: 86_400, secure: true });
   */
  setCookie(name: string, value: string, options: CookieOptions = {}): void {
    const line = formatSetCookie(name, value, options);
    const key = formatCookieKey(name, options);
    const cookies = (this.cookies ??= []);
    const replaced = cookies.findIndex((one) => one.key === key);
    if (replaced !== -1) this.dropCookieLine(cookies.splice(replaced, 1)[0]!.line);
    cookies.push({ key, line });
    this.headers.append('Set-Cookie', line);
  }

  /** Deletes a cookie by sending Max-Age=0. The options must be those with which it was set. Throws like `setCookie`. */
  clearCookie(name: string, options: CookieOptions = {}): void {
    this.setCookie(name, '', { ...options, maxAge: 0 });
  }

  private dropCookieLine(line: string): void {
    const kept = this.headers.getAll('Set-Cookie').filter((other) => other !== line);
    this.headers.delete('Set-Cookie');
    for (const other of kept) this.headers.append('Set-Cookie', other);
  }

  /** Clears the status, the body and the headers that describe a body; keeps all other headers. Stops a stream. */
  reset(): void {
    this.chosenStatus = 0;
    if (isStreamSource(this.chosenBody)) stopSource(this.chosenBody);
    this.chosenBody = undefined;
    this.headers.dropRepresentation();
  }
}

/** Two cookies with the same key are one for a browser (RFC 6265bis §5.7, CHIPS). */
function formatCookieKey(
  name: string,
  { domain = '', path = '', partitioned = false }: CookieOptions,
): string {
  const host = domain === '' ? '' : domain.replace(/^\./, '').toLowerCase();
  return `${name};${host};${path};${partitioned}`;
}
