import { AfterResponse, type BackgroundTask } from './after-response';
import { captureScope } from './async-scope';
import type { OpenedStream } from './body/opened-stream';
import type { ContextKey } from './context-key';
import { formatQuery, type PathValue } from '../routing/format-path';
import { HttpRequest } from './request';
import type { RequestSource } from './request-source';
import { HttpResponse } from './response';
import { callEndListeners, type ResponseEndListener } from './response-end';
import { guardListeners } from './guard-listeners';
import { describeRequest } from './describe-request';
import { findHome, type RouteHome } from './route-home';
import type { RouteInfo } from '../routing/route-info';
import type { ControllerClass, MethodName, UrlOptions } from '../routing/url-table';

/** One request and the response that is being made for it. It stays valid after the response was sent. */
export class Context {
  readonly response = new HttpResponse();
  /** The error that a handler or an inner middleware threw, whatever the response became; undefined without one. */
  error: unknown = undefined;
  /** The answer does not wait for the inner steps any more (`leaveInner`). */
  isInnerLeft = false;

  private knownRequest: HttpRequest | undefined;
  /** Keys and values in turn: they are few, and a Map costs more than a search. */
  private values: unknown[] | undefined;
  private abort: AbortController | undefined;
  private after: AfterResponse | undefined;
  private hasEnded = false;
  private isBroken = false;
  private endListeners: ResponseEndListener[] | undefined;

  constructor(
    private readonly source: RequestSource,
    /** The route that matched. Its `kind` is `fallback` when none did. */
    readonly route: RouteInfo,
  ) {}

  /** The request, made on first use. */
  get request(): HttpRequest {
    return (this.knownRequest ??= new HttpRequest(this.source, this.route));
  }

  /**
   * The application of the route. For a mounted route that is the mounted application.
   *
   * @throws Error when the route does not belong to an application
   */
  get app(): Pick<RouteHome, 'state' | 'logger' | 'development' | 'worker' | 'phase' | 'get'> {
    const app = findHome(this.route);
    if (app === undefined) throw new Error('The route does not belong to an application.');
    return app;
  }

  /** Shares a value with all code that runs later in this request. */
  set<T>(key: ContextKey<T>, value: T): void {
    const values = (this.values ??= []);
    const at = findKey(values, key);
    if (at === -1) values.push(key, value);
    else values[at + 1] = value;
  }

  /** The value shared under the key; undefined when there is none. */
  get<T>(key: ContextKey<T>): T | undefined {
    if (this.values === undefined) return undefined;
    const at = findKey(this.values, key);
    return at === -1 ? undefined : (this.values[at + 1] as T);
  }

  /**
   * The URL path of a route of this application, its parameters percent-encoded. The parameter `*` fills the rest of a
   * `/*`. If the route has several versions, the default is the version of this request, else the first one written.
   *
   * @throws Error when the class or method has no route, or the parameters are not exactly those of its path
   * @example context.urlFor(NotesController, 'show', { id: 7 }, { query: { tab: 'history' } }) // /notes/7?tab=history
   */
  urlFor<C extends object>(
    controller: ControllerClass<C>,
    method: MethodName<C>,
    parameters: Readonly<Record<string, PathValue>> = {},
    { query, version }: UrlOptions = {},
  ): string {
    const { urls } = findHome(this.route) ?? {};
    const path = urls?.format(controller, method, parameters, {
      asked: version,
      current: this.route.version,
    });
    if (path === undefined)
      throw new Error('The route does not belong to an application, so it cannot make URLs.');
    return query === undefined ? path : path + formatQuery(query);
  }

  /**
   * Aborts when the client disconnects before the end of the response, and when the response ends before its stream:
   * `app.close()` ends event streams. Made on first use.
   */
  get signal(): AbortSignal {
    if (this.abort === undefined) {
      this.abort = new AbortController();
      this.guardSignal(this.abort);
    }
    return this.abort.signal;
  }

  /**
   * Runs `task` after the response was sent, whatever the response was. Tasks run in the order in which they were
   * added; an error in one is logged.
   *
   * @throws HttpError 503 when the application has too many tasks. No task of the request runs then, unless this is caught
   * @throws Error when the response was sent and its background tasks are done
   * @example context.background(() => sendWelcome(user.email));
   */
  background(task: BackgroundTask): void {
    this.openAfterResponse().addTask(task, findHome(this.route)?.background);
  }

  /**
   * Runs `cleanup` at the very end of the request, after the response, its streams and the background tasks, also when
   * the client disconnected. Clean-ups run in reverse order. Each receives `context.error`; an error in one is logged.
   *
   * @throws Error when the clean-ups of the request have run
   */
  onCleanup(cleanup: (error: unknown) => unknown): void {
    const after = this.openAfterResponse();
    const isFirst = !after.hasCleanups;
    after.addCleanup(cleanup);
    if (isFirst) findHome(this.route)?.cleanUps.expect(after);
  }

  /**
   * Calls `listener` once, when the response has ended, in whatever way: before the background tasks, and in no
   * particular async context. It costs no promise, unlike a clean-up, so it suits logs and measurements. The parts of
   * the request that it needs must have been read before. An error that it throws is logged.
   *
   * @example context.onResponseEnd((end) => end === 'aborted' && counter.add());
   */
  onResponseEnd(listener: ResponseEndListener): void {
    (this.endListeners ??= []).push(listener);
  }

  /**
   * Stops the stream when the client disconnects, when the response ends before it, and, if it is endless, when the
   * application closes. Clean-ups wait for its end.
   */
  holdStream(stream: OpenedStream, isEndless: boolean): void {
    const stop = (): void => void stream.return();
    const release = isEndless ? findHome(this.route)?.closing.listen(stop) : undefined;
    this.openAfterResponse().addStream(stream, release);
    this.source.onAbort(stop);
  }

  /**
   * For a middleware with `leavesInner`: stops waiting for the inner steps. `signal` aborts with the reason. Clean-ups
   * wait for `running`, at most as long as for a stream that was stopped.
   */
  leaveInner(reason: unknown, running: Promise<void>): void {
    this.isInnerLeft = true;
    this.openAfterResponse().holdFor(running);
    if (!this.signal.aborted) this.abort!.abort(reason);
  }

  /** The response breaks off by an error, or by a mistake of the program. */
  breakOff(error: unknown): void {
    this.isBroken = true;
    this.error ??= error;
  }

  /** Nothing more will be sent. Returns what remains to be done; undefined if nothing was added. */
  endResponse(): AfterResponse | undefined {
    this.hasEnded = true;
    const end = this.isBroken ? 'broken' : this.source.hasLeft ? 'aborted' : 'sent';
    if (this.endListeners !== undefined) callEndListeners(this.endListeners, end, this);
    if (this.after?.hasOpenStreams) this.abort?.abort();
    return this.after;
  }

  /** The tasks, streams and clean-ups so far; undefined if nothing was added. */
  get afterResponse(): AfterResponse | undefined {
    return this.after;
  }

  private openAfterResponse(): AfterResponse {
    return (this.after ??= new AfterResponse(this, this.hasEnded ? 'over' : 'response'));
  }

  private guardSignal(abort: AbortController): void {
    const { route } = this;
    const scope = captureScope();
    guardListeners(abort.signal, (error) =>
      findHome(route)?.logger.error(error, `An abort listener of ${describeRequest(this)} failed`),
    );
    this.source.onAbort(() => scope(() => abort.abort()));
  }
}

function findKey(values: readonly unknown[], key: object): number {
  for (let index = 0; index < values.length; index += 2) if (values[index] === key) return index;
  return -1;
}
