import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CompiledRoute } from '../../http/compiled-route';
import type { MaybePromise } from '../../http/maybe-promise';
import type { RequestSource } from '../../http/request-source';
import type { HttpError } from '../../http/status/http-error';
import { AbortListeners } from '../abort-listeners';
import { RequestBody } from '../body/request-body';
import type { NodeConnection } from './node-connection';
import { NodeUpload } from './node-upload';
import { RawHead } from './raw-head';
import { parseTarget, refuseTarget, type RequestTarget } from './request-target';

/** One request on a socket: the reading side of node:http, which writes nothing. */
export class NodeExchange implements RequestSource {
  /** The client has gone. */
  isAborted = false;
  /** The whole response was handed to node:http. */
  isFinished = false;
  /** The same of a short one, or one that the system has taken whole: the next request need not wait for it. */
  isHandedOver = false;
  /** The client has every byte that the head has announced, so it may leave. */
  isDelivered = false;
  /** The end of a connection that stays open after the answer, for the rest of the request body. */
  lingering: Promise<void> | undefined;
  /** The body, if its framing was of interest. */
  knownBody: RequestBody | undefined;

  private knownHead: RawHead | undefined;
  private readonly target: RequestTarget | undefined;
  private abortListeners: AbortListeners | undefined;

  private parameters: readonly string[] = [];

  /**
   * @param route the fallback, until another one is chosen
   * @param waitsToSend the client sends its body only when it is asked for it
   */
  constructor(
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
    readonly connection: NodeConnection<NodeExchange>,
    private route: CompiledRoute,
    private waitsToSend: boolean,
  ) {
    this.target = parseTarget(req.method!, req.url!);
  }

  /** @param parameters the values of the route's parameters, still percent-encoded */
  enter(route: CompiledRoute, parameters: readonly string[]): void {
    this.route = route;
    this.parameters = parameters;
  }

  /** The refusal of a request that two servers could read differently. */
  findFault(): HttpError | undefined {
    if (this.target === undefined) return refuseTarget();
    const framing = this.head.announcesBody ? this.body.fault : undefined;
    return framing ?? this.head.findFault(this.req.httpVersionMinor);
  }

  readMethod(): string {
    return this.req.method!;
  }

  readPath(): string {
    return this.target?.path ?? '/';
  }

  readQuery(): string {
    return this.target?.query ?? '';
  }

  readHeader(lowerName: string): string | undefined {
    return this.head.find(lowerName);
  }

  readFirstLine(lowerName: string): string | undefined {
    return this.head.findFirst(lowerName);
  }

  readHeaders(visit: (lowerName: string, value: string) => void): void {
    const lines = this.head.list();
    for (let index = 0; index < lines.length; index += 2) visit(lines[index]!, lines[index + 1]!);
  }

  readParameter(index: number): string | undefined {
    return this.parameters[index];
  }

  get isSecure(): boolean {
    return this.connection.isSecure;
  }

  readAddress(): string {
    return this.connection.address;
  }

  readBody(limit: number): MaybePromise<Uint8Array> {
    this.askForBody();
    return this.body.read(limit);
  }

  streamBody(limit: number): AsyncIterableIterator<Uint8Array> {
    this.askForBody();
    return this.body.stream(limit);
  }

  lendBody(): Uint8Array | undefined {
    return this.body.lend();
  }

  /** Receives an announced small body, then calls one of the functions. Returns false, without effect, for any other body. */
  receiveSmallBody(whenThere: () => void, whenNot: () => void): boolean {
    if (!this.body.receiveSmall(whenThere, whenNot)) return false;
    this.askForBody();
    this.detach();
    return true;
  }

  onAbort(listener: () => void): void {
    if (this.isAborted) listener();
    else (this.abortListeners ??= new AbortListeners()).add(listener);
  }

  /** Keeps the body readable after the route's callback has returned. */
  detach(): void {
    this.knownBody?.keep();
  }

  /** The connection has closed. */
  leave(): void {
    // A response that waits behind another one has no socket yet.
    if ((this.isDelivered && this.res.socket !== null) || this.res.writableFinished) return;
    this.isAborted = true;
    this.knownBody?.abort();
    this.abortListeners?.call();
    this.abortListeners = undefined;
  }

  get hasLeft(): boolean {
    return this.isAborted;
  }

  /** Answers whether the response can still be written. */
  get isOpen(): boolean {
    return !this.isAborted && !this.isFinished && !this.res.destroyed;
  }

  private get head(): RawHead {
    return (this.knownHead ??= new RawHead(this.req.rawHeaders, this.target?.authority));
  }

  /** The body, made on first use. */
  private get body(): RequestBody {
    return (this.knownBody ??= new RequestBody(
      new NodeUpload(this.req, this.head.findFirst('content-length')),
      this.head.framing,
      this.route.info.bodyLimit,
      false,
    ));
  }

  /** A client that waits for it sends its body only after this (RFC 9110 §10.1.1). */
  private askForBody(): void {
    if (!this.waitsToSend || this.res.headersSent) return;
    this.waitsToSend = false;
    this.res.writeContinue();
  }
}
