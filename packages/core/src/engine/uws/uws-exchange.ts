import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import type { CompiledRoute } from '../../http/compiled-route';
import type { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { isSingletonHeader } from '../../http/headers/join-header';
import type { RequestSource } from '../../http/request-source';
import { mayHaveBody } from '../../routing/http-method';
import { AbortListeners } from '../abort-listeners';
import { RequestBody } from '../body/request-body';
import { findHostFault } from '../find-host-fault';
import { findFirstLine, findHeader } from '../find-lines';
import { announcesBody } from './announces-body';
import { LateUpload } from './late-upload';
import { PeerAddress, readsAddress } from './peer-address';
import { readFirst, readHostLine, readLines, restoreFirst, restoreLines } from './header-lines';

/**
 * One request on a socket: the reading side of µWebSockets, which writes nothing. The native request lives only until
 * the route's callback returns; `detach` copies what the context needs before that.
 */
export class UwsExchange implements RequestSource {
  /** The client has gone. After this, as after `isFinished`, the native response must not be touched. */
  isAborted = false;
  isFinished = false;
  hasLeft = false;
  /** The end of a connection that stays open after the answer, for the rest of the request body. */
  lingering: Promise<void> | undefined;
  /** The body, if its framing was of interest. */
  knownBody: RequestBody | undefined;

  private host: string | undefined;
  private path: string | undefined;
  private query: string | undefined;
  private peer: PeerAddress | undefined;
  private parameters: readonly (string | undefined)[] | undefined;
  private lines: string[] | undefined;
  private hearsAbort = false;
  private abortListeners: AbortListeners | undefined;

  constructor(
    readonly res: HttpResponse,
    private req: HttpRequest | undefined,
    private readonly route: CompiledRoute,
    /** Undefined on the fallback, which takes every method. */
    private method: string | undefined,
    readonly isSecure: boolean,
    private readonly isUnix: boolean,
  ) {}

  /**
   * The refusal of a request whose body two parsers could read differently, or whose Host is malformed. Walks the header
   * lines once; for a method that rarely has a body, only if the request has one.
   */
  findFault(): HttpError | undefined {
    const framing =
      mayHaveBody(this.readMethod()) || announcesBody(this.native) ? this.body.fault : undefined;
    return framing ?? findHostFault(this.readHost());
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
    if (lowerName === 'host') return this.readHost();
    if (this.lines === undefined) {
      const first = readFirst(this.native, lowerName);
      if (first === '' || isSingletonHeader(lowerName)) return first || undefined;
    }
    return findHeader(this.readLines(), lowerName, (line) => restoreFirst(line, lowerName, this.req));
  }

  readFirstLine(lowerName: string): string | undefined {
    if (this.req === undefined) return findFirstLine(this.readLines(), lowerName);
    return readFirst(this.req, lowerName) || undefined;
  }

  private readHost(): string | undefined {
    this.host ??= (this.lines ? findFirstLine(this.lines, 'host') : readHostLine(this.native)) ?? '';
    return this.host || undefined;
  }

  readHeaders(visit: (lowerName: string, value: string) => void): void {
    const lines = this.req === undefined ? this.readLines() : restoreLines(this.readLines(), this.req);
    for (let index = 0; index < lines.length; index += 2) visit(lines[index]!, lines[index + 1]!);
  }

  readParameter(index: number): string | undefined {
    return this.parameters === undefined ? this.native.getParameter(index) : this.parameters[index];
  }

  readAddress(): string {
    this.keepAddress();
    return (this.peer ??= new PeerAddress()).read(this.route);
  }

  /** Copies the address, which the engine forgets with the response. A TCP client without one has reset its connection. */
  keepAddress(): void {
    if (!this.isOpen || !(this.peer ??= new PeerAddress()).keep(this.res) || this.isUnix) return;
    this.detach();
    this.res.close();
  }

  readBody(limit: number): MaybePromise<Uint8Array> {
    return this.body.read(limit);
  }

  streamBody(limit: number): AsyncIterableIterator<Uint8Array> {
    return this.body.stream(limit);
  }

  lendBody(): Uint8Array | undefined {
    return this.body.lend();
  }

  /** Receives an announced small body, then calls one of the functions. Returns false, without effect, for any other body. */
  receiveSmallBody(whenThere: () => void, whenNot: () => void): boolean {
    if (!this.body.receiveSmall(whenThere, whenNot)) return false;
    this.releaseRequest();
    this.listenForAbort();
    return true;
  }

  onAbort(listener: () => void): void {
    this.keepAddress();
    if (this.isAborted) listener();
    else (this.abortListeners ??= new AbortListeners()).add(listener);
  }

  /** Keeps everything readable after the route's callback, and listens for aborts. Call it inside of that. */
  detach(): void {
    if (readsAddress(this.route)) this.keepAddress();
    this.body.keep();
    this.releaseRequest();
    this.listenForAbort();
  }

  /** Answers whether the route's callback has not returned, as far as is known. */
  get isAttached(): boolean {
    return this.req !== undefined;
  }

  forget(): void {
    this.req = undefined;
  }

  /** Answers whether the response can still be written. */
  get isOpen(): boolean {
    return !this.isAborted && !this.isFinished;
  }

  /** The body, made on first use. If its framing is invalid, the connection closes after the response. */
  private get body(): RequestBody {
    const upload = this.isSecure ? new LateUpload(this) : this.res;
    return (this.knownBody ??= new RequestBody(upload, this.readLines(), this.route.info.bodyLimit, true));
  }

  /** Copies the parts of the native request that have not been read yet. */
  private releaseRequest(): void {
    if (this.req === undefined) return;
    this.readMethod();
    this.readPath();
    this.readQuery();
    restoreLines(this.readLines(), this.req);
    this.parameters = this.route.info.parameters.map((_, index) => this.readParameter(index));
    this.req = undefined;
  }

  /** Without an abort handler, a response that is written later would end the process. */
  listenForAbort(): void {
    if (!this.hearsAbort) this.res.onAborted(() => this.abort());
    this.hearsAbort = true;
  }

  private abort(): void {
    this.isAborted = true;
    this.knownBody?.abort();
    // A client that leaves after its whole answer has not broken anything off.
    this.hasLeft = !this.isFinished;
    if (this.hasLeft) this.abortListeners?.call();
  }

  private get native(): HttpRequest {
    if (this.req === undefined)
      throw new Error('The request has been answered. Read it before that, or in context.background().');
    return this.req;
  }

  private readLines(): string[] {
    return (this.lines ??= readLines(this.native));
  }
}
