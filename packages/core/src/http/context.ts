import type { ContextKey } from './context-key';
import { formatQuery, type PathValue } from '../routing/format-path';
import { HttpRequest } from './request';
import type { RequestSource } from './request-source';
import { HttpResponse } from './response';
import { guardListeners } from './guard-listeners';
import { findHome } from './route-home';
import type { AppState } from './app-state';
import type { RouteInfo } from '../routing/route-info';
import type { ControllerClass, MethodName, UrlOptions } from '../routing/url-table';

/** A function that runs after the response was sent. */
export type BackgroundTask = () => unknown;

/** One request and the response that is being made for it. It stays valid after the response was sent. */
export class Context {
  readonly response = new HttpResponse();
  /** The error that a handler or an inner middleware threw, whatever the response became; undefined without one. */
  error: unknown = undefined;

  private knownRequest: HttpRequest | undefined;
  /** Keys and values in turn: they are few, and a Map costs more than a search. */
  private values: unknown[] | undefined;
  private abort: AbortController | undefined;
  private tasks: BackgroundTask[] | undefined;
  private cleanups: BackgroundTask[] | undefined;
  private isOver = false;

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
  get app(): { readonly state: AppState } {
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

  /** Aborts when the client disconnects before the end of the response. Made on first use. */
  get signal(): AbortSignal {
    if (this.abort === undefined) {
      const abort = new AbortController();
      const { route } = this;
      const report = (error: unknown): void =>
        findHome(route)?.logger.error(error, `An abort listener of ${route.name} failed`);
      guardListeners(abort.signal, report);
      this.abort = abort;
      this.source.onAbort(() => abort.abort());
    }
    return this.abort.signal;
  }

  /**
   * Runs `task` after the response was sent, whatever the response was. Tasks run in the order in which they were
   * added; an error in one is logged.
   *
   * @throws Error when the response was sent and its background tasks are done
   * @example context.background(() => sendWelcome(user.email));
   */
  background(task: BackgroundTask): void {
    if (this.isOver)
      throw new Error('The request is over: its response was sent and its background tasks are done.');
    (this.tasks ??= []).push(task);
  }

  /**
   * Runs `cleanup` at the very end of the request, after the response and the background tasks, also when the client
   * disconnected. Clean-ups run in reverse order. Each receives `context.error`; an error in one is logged.
   */
  onCleanup(cleanup: (error: unknown) => unknown): void {
    (this.cleanups ??= []).unshift(() => cleanup(this.error));
  }

  /** Answers whether background tasks or clean-ups remain. */
  get hasBackgroundTasks(): boolean {
    return this.tasks !== undefined || this.cleanups !== undefined;
  }

  /**
   * Hands over what remains to run after the response. The engine calls it until it returns undefined: first come the
   * background tasks, then the tasks that those have added, then the clean-ups.
   */
  takeBackgroundTasks(): readonly BackgroundTask[] | undefined {
    const { tasks, cleanups } = this;
    this.tasks = undefined;
    if (tasks !== undefined) return tasks;
    this.isOver = true;
    this.cleanups = undefined;
    return cleanups;
  }

  /** Answers whether only clean-ups remain. From then on no background task can be added. */
  get isCleaningUp(): boolean {
    return this.isOver;
  }
}

function findKey(values: readonly unknown[], key: object): number {
  for (let index = 0; index < values.length; index += 2) if (values[index] === key) return index;
  return -1;
}
