import type { ContextKey } from './context-key';
import { formatQuery, type PathValue } from '../routing/format-path';
import { HttpRequest } from './request';
import type { RequestSource } from './request-source';
import { HttpResponse } from './response';
import { findHome } from './route-home';
import type { AppState } from './app-state';
import type { RouteInfo } from '../routing/route-info';
import type { ControllerClass, MethodName, UrlOptions } from '../routing/url-table';

/** Something to do after the response has been sent. */
export type BackgroundTask = () => unknown;

/** One request and the response that is being made for it. Lives as long as anybody holds it. */
export class Context {
  readonly response = new HttpResponse();
  /** What a handler or an inner middleware threw, whatever became of the response; undefined while all is well. */
  error: unknown = undefined;

  private knownRequest: HttpRequest | undefined;
  /** Pairs, flat: key, value. They are few, and a Map costs more than looking at each. */
  private values: unknown[] | undefined;
  private abort: AbortController | undefined;
  private tasks: BackgroundTask[] | undefined;
  private cleanups: BackgroundTask[] | undefined;
  private isOver = false;

  constructor(
    private readonly source: RequestSource,
    /** The route that was met; for the application's fallback `kind` is `fallback`. */
    readonly route: RouteInfo,
  ) {}

  /** Made when first asked for. */
  get request(): HttpRequest {
    return (this.knownRequest ??= new HttpRequest(this.source, this.route));
  }

  /** The application whose route was met: where it is mounted in another, the mounted one. */
  get app(): { readonly state: AppState } {
    const app = findHome(this.route);
    if (app === undefined) throw new Error('The route belongs to no application.');
    return app;
  }

  /** Shares a value with whatever runs later in this request. */
  set<T>(key: ContextKey<T>, value: T): void {
    const values = (this.values ??= []);
    const at = findKey(values, key);
    if (at === -1) values.push(key, value);
    else values[at + 1] = value;
  }

  /** The value shared under the key; undefined where there is none. */
  get<T>(key: ContextKey<T>): T | undefined {
    if (this.values === undefined) return undefined;
    const at = findKey(this.values, key);
    return at === -1 ? undefined : (this.values[at + 1] as T);
  }

  /**
   * The path of a route of this application, its parameters percent-encoded. The rest of a `/*` is the parameter `*`.
   * Of several versions it is that of the request's own route, where there is one of it, else the first written.
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
    const path = urls?.format(controller, method, parameters, { asked: version, current: this.route.version });
    if (path === undefined)
      throw new Error('The request met no route of an application, so it knows no URL.');
    return query === undefined ? path : path + formatQuery(query);
  }

  /** Aborts when the client goes away before it was answered. Made when first asked for. */
  get signal(): AbortSignal {
    if (this.abort === undefined) {
      const abort = new AbortController();
      this.abort = abort;
      this.source.onAbort(() => abort.abort());
    }
    return this.abort.signal;
  }

  /**
   * Runs `task` after the response was sent, in the order given, whatever the response was; what it throws is logged.
   *
   * @throws Error when the response was sent and its background tasks are done: nothing would run the task
   */
  background(task: BackgroundTask): void {
    if (this.isOver)
      throw new Error('The request is over: its response was sent and its background tasks are done.');
    (this.tasks ??= []).push(task);
  }

  /**
   * Runs `cleanup` when all else of the request is done: after the response and the background tasks, the last one
   * given first, also when the client has gone. It is given what was thrown, if anything; what it throws is logged.
   */
  onCleanup(cleanup: (error: unknown) => unknown): void {
    (this.cleanups ??= []).unshift(() => cleanup(this.error));
  }

  /** Answers whether something is to be done after the response. */
  get hasBackgroundTasks(): boolean {
    return this.tasks !== undefined || this.cleanups !== undefined;
  }

  /**
   * Gives up what is to be done after the response to whoever does it, the engine: background tasks, asked again those
   * that they have added, then the clean-ups. When there is nothing left, the request is over.
   */
  takeBackgroundTasks(): readonly BackgroundTask[] | undefined {
    const { tasks, cleanups } = this;
    this.tasks = undefined;
    if (tasks !== undefined) return tasks;
    this.isOver = true;
    this.cleanups = undefined;
    return cleanups;
  }

  /** What runs now, after the response, are the clean-ups, or nothing is left: nothing may be added. */
  get isCleaningUp(): boolean {
    return this.isOver;
  }
}

function findKey(values: readonly unknown[], key: object): number {
  for (let index = 0; index < values.length; index += 2) if (values[index] === key) return index;
  return -1;
}
