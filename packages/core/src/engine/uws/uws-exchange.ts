import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import { HttpError } from '../../http/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { isSingletonHeader, type RequestSource } from '../../http/request-source';
import type { EngineRoute } from '../engine';
import { checkFraming, NO_BODY, type Framing } from './check-framing';
import { findInLines } from './find-in-lines';
import { formatAddress } from './format-address';
import { describeTooLarge, HeldBody } from './held-body';

const EMPTY = new Uint8Array(0);
/** Bytes that usually come with the head, in one packet or two. */
const SMALL_BODY = 16_384;
/** Of a body that is refused for its announced length so many bytes are let in and dropped; a longer one is cut off. */
const MOST_DROPPED_BYTES = 16 * 1024 * 1024;

/**
 * One request on a socket: the reading side of µWebSockets. Its native request lives only until the route's
 * callback returns; `detach` takes what is needed out of it before that. Nothing is written here.
 */
export class UwsExchange implements RequestSource {
  /** The client has gone: the native response must not be touched any more. */
  isAborted = false;
  /** The response has been written: the same. */
  isFinished = false;

  private path: string | undefined;
  private query: string | undefined;
  private address: string | undefined;
  private addressBytes: ArrayBuffer | undefined;
  private parameters: readonly (string | undefined)[] | undefined;
  private lines: string[] | undefined;
  private body: HeldBody | undefined;
  private isDetached = false;
  private isRefused = false;
  private framing: Framing | undefined;
  private abortListeners: (() => void)[] | undefined;

  constructor(
    readonly res: HttpResponse,
    private req: HttpRequest | undefined,
    private readonly route: EngineRoute,
    /** Undefined on the fallback, which takes any. */
    private method: string | undefined,
  ) {}

  /** The refusal of a request whose body could be read in two ways; undefined where all is well. Walks the lines, once. */
  findFramingFault(): HttpError | undefined {
    const framing = checkFraming({ forEach: (visit) => this.readHeaders(visit) });
    this.isRefused = framing instanceof HttpError;
    this.framing = framing instanceof HttpError ? NO_BODY : framing;
    return framing instanceof HttpError ? framing : undefined;
  }

  readMethod(): string {
    return (this.method ??= this.native.getCaseSensitiveMethod());
  }

  readPath(): string {
    return (this.path ??= this.native.getUrl());
  }

  readQuery(): string {
    return (this.query ??= this.native.getQuery() ?? '');
  }

  readHeader(lowerName: string): string | undefined {
    if (this.lines === undefined) {
      const first = this.native.getHeader(lowerName);
      if (first === '') return undefined;
      if (isSingletonHeader(lowerName)) return first;
    }
    return findInLines(this.readLines(), lowerName);
  }

  readHeaders(visit: (lowerName: string, value: string) => void): void {
    const lines = this.readLines();
    for (let index = 0; index < lines.length; index += 2) visit(lines[index]!, lines[index + 1]!);
  }

  readParameter(index: number): string | undefined {
    return this.parameters === undefined ? this.native.getParameter(index) : this.parameters[index];
  }

  readAddress(): string {
    return (this.address ??= formatAddress(this.addressBytes ?? this.res.getRemoteAddress()));
  }

  readBody(limit: number): MaybePromise<Uint8Array> {
    const { hasBody, length } = this.settleFraming();
    if (!hasBody) return EMPTY;
    if (length !== undefined && length > limit) throw describeTooLarge(limit);
    return (this.body ??= new HeldBody(this.res)).read(limit);
  }

  /**
   * Receives an announced small body before the route runs, and calls one of the two then; false, and nothing
   * done, for any other body.
   */
  receiveSmallBody(whenThere: () => void, whenNot: () => void): boolean {
    const { hasBody, length = Infinity } = this.settleFraming();
    if (!hasBody || length > Math.min(SMALL_BODY, this.route.info.bodyLimit)) return false;
    this.detach();
    this.body!.await(length, whenThere, whenNot);
    return true;
  }

  onAbort(listener: () => void): void {
    if (this.isAborted) listener();
    else (this.abortListeners ??= []).push(listener);
  }

  /** Takes everything out of the native request and listens for the client going away. Only inside the route's callback; once. */
  detach(): void {
    if (this.isDetached) return;
    this.isDetached = true;
    this.readMethod();
    this.readPath();
    this.readQuery();
    this.readLines();
    this.parameters = this.route.info.parameters.map((_, index) => this.native.getParameter(index));
    this.addressBytes = this.res.getRemoteAddress();
    if (this.settleFraming().hasBody) this.body ??= new HeldBody(this.res);
    this.req = undefined;
    this.res.onAborted(() => this.abort());
  }

  /** The route's callback returns, and the native request ends with it. */
  forget(): void {
    this.req = undefined;
  }

  /** What still comes on the connection can not be trusted, or is not wanted: no other request may be read from it. */
  get mustClose(): boolean {
    return this.isRefused || (this.isOverLimit && !this.lingers) || this.body?.isTooLarge === true;
  }

  private get isOverLimit(): boolean {
    return this.framing?.length !== undefined && this.framing.length > this.route.info.bodyLimit;
  }

  /**
   * The refusal would be lost if the connection were closed while the client still sends: it is left to the client
   * to close, and what still comes is dropped (RFC 9112 §9.6).
   */
  get lingers(): boolean {
    return this.isOverLimit && (this.framing?.length ?? Infinity) <= MOST_DROPPED_BYTES;
  }

  /** Answers whether writing still reaches anybody. */
  get isOpen(): boolean {
    return !this.isAborted && !this.isFinished;
  }

  /** Called when the response is about to be written: lets the rest of an unread body through. */
  discardBody(): void {
    this.body?.discard();
  }

  /** A response without a body can only be written with an abort handler attached (it aborts the process otherwise). */
  listenForAbort(): void {
    if (!this.isDetached) this.res.onAborted(() => this.abort());
  }

  /** On a method whose framing was not checked first, what is wrong with it closes the connection after the answer. */
  private settleFraming(): Framing {
    if (this.framing === undefined) this.findFramingFault();
    return this.framing!;
  }

  private abort(): void {
    this.isAborted = true;
    this.body?.abort();
    const listeners = this.abortListeners ?? [];
    this.abortListeners = undefined;
    for (const listener of listeners) {
      try {
        listener();
      } catch {
        // Thrown into the engine it would end the process, and the others would never know.
      }
    }
  }

  private get native(): HttpRequest {
    if (this.req === undefined)
      throw new Error('The request was answered: read it before, or in context.background().');
    return this.req;
  }

  private readLines(): string[] {
    if (this.lines === undefined) {
      const lines: string[] = [];
      this.native.forEach((name, value) => void lines.push(name, value));
      this.lines = lines;
    }
    return this.lines;
  }
}
