import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import type { CompiledRoute } from '../../http/compiled-route';
import type { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { isSingletonHeader, type RequestSource } from '../../http/request-source';
import { callListeners } from './call-listeners';
import { findFirstLine, findInLines } from './find-in-lines';
import { formatAddress } from './format-address';
import { listLines } from './list-lines';
import { RequestBody } from './request-body';

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
  private knownBody: RequestBody | undefined;
  private hearsAbort = false;
  private abortListeners: (() => void)[] | undefined;

  constructor(
    readonly res: HttpResponse,
    private req: HttpRequest | undefined,
    private readonly route: CompiledRoute,
    /** Undefined on the fallback, which takes any. */
    private method: string | undefined,
  ) {}

  /** The refusal of a request whose body could be read in two ways; undefined where all is well. Walks the lines, once. */
  findFramingFault(): HttpError | undefined {
    return this.body.fault;
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

  readFirstLine(lowerName: string): string | undefined {
    if (this.lines !== undefined) return findFirstLine(this.lines, lowerName);
    return this.native.getHeader(lowerName) || undefined;
  }

  readHeaders(visit: (lowerName: string, value: string) => void): void {
    const lines = this.readLines();
    for (let index = 0; index < lines.length; index += 2) visit(lines[index]!, lines[index + 1]!);
  }

  readParameter(index: number): string | undefined {
    return this.parameters === undefined ? this.native.getParameter(index) : this.parameters[index];
  }

  readAddress(): string {
    ASKS_ADDRESS.add(this.route);
    this.keepAddress();
    return (this.address ??= formatAddress(this.addressBytes));
  }

  /** The engine forgets the address with the response, and telling it costs more than all else: only for who may ask. */
  keepAddress(): void {
    if (this.addressBytes === undefined && this.isOpen) this.addressBytes = this.res.getRemoteAddress();
  }

  readBody(limit: number): MaybePromise<Uint8Array> {
    return this.body.read(limit);
  }

  streamBody(limit: number): AsyncIterableIterator<Uint8Array, undefined> {
    return this.body.stream(limit);
  }

  lendBody(): Uint8Array | undefined {
    return this.body.lend();
  }

  /**
   * Receives an announced small body before the route runs, and calls one of the two then; false, and nothing
   * done, for any other body.
   */
  receiveSmallBody(whenThere: () => void, whenNot: () => void): boolean {
    if (!this.body.receiveSmall(whenThere, whenNot)) return false;
    this.releaseRequest();
    this.listenForAbort();
    return true;
  }

  onAbort(listener: () => void): void {
    this.keepAddress();
    if (this.isAborted) listener();
    else (this.abortListeners ??= []).push(listener);
  }

  /**
   * Makes everything readable for as long as anybody holds the request, and listens for the client going away.
   * Only inside the callback that runs the route; a second time does nothing.
   */
  detach(): void {
    if (ASKS_ADDRESS.has(this.route)) this.keepAddress();
    this.body.keep();
    this.releaseRequest();
    this.listenForAbort();
  }

  /** The route's callback returns, and the native request ends with it. */
  forget(): void {
    this.req = undefined;
  }

  /** No other request may be read from the connection. */
  get mustClose(): boolean {
    return this.knownBody?.mustClose === true;
  }

  /** It is left to the client to close the connection. */
  get lingers(): boolean {
    return this.knownBody?.lingers === true;
  }

  /** Answers whether writing still reaches anybody. */
  get isOpen(): boolean {
    return !this.isAborted && !this.isFinished;
  }

  /** Called when the response is about to be written: lets the rest of an unread body through. */
  discardBody(): void {
    this.knownBody?.discard();
  }

  /** A response that is not written at once, or has no body, needs an abort handler (without, the process may end). */
  listenForAbort(): void {
    if (this.hearsAbort) return;
    this.hearsAbort = true;
    this.res.onAborted(() => this.abort());
  }

  /** On a method whose framing was not checked first, what is wrong with it closes the connection after the answer. */
  private get body(): RequestBody {
    return (this.knownBody ??= new RequestBody(this.res, this.readLines(), this.route.info.bodyLimit));
  }

  /** Takes out of the native request what was not read yet. */
  private releaseRequest(): void {
    if (this.req === undefined) return;
    this.readMethod();
    this.readPath();
    this.readQuery();
    this.readLines();
    const { parameters } = this.route.info;
    this.parameters = parameters.map((_, index) => this.readParameter(index));
    this.req = undefined;
  }

  private abort(): void {
    this.isAborted = true;
    this.knownBody?.abort();
    const listeners = this.abortListeners ?? [];
    this.abortListeners = undefined;
    callListeners(listeners);
  }

  private get native(): HttpRequest {
    if (this.req === undefined)
      throw new Error('The request was answered: read it before, or in context.background().');
    return this.req;
  }

  private readLines(): string[] {
    return (this.lines ??= listLines(this.native));
  }
}

/** Routes on which somebody has asked for the client's address: there it is kept for later. */
const ASKS_ADDRESS = new WeakSet<CompiledRoute>();
