import { AppLife } from './app-life';
import type { AppOptions } from './app-options';
import { compileApp, type AppParts, type CompiledApp } from './compile-app';
import {
  describeClosed,
  describeLate,
  describeMount,
  findListenProblem,
  findMountFault,
} from './app-problems';
import { AppState } from '../http/app-state';
import { Closing } from '../http/closing';
import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import { guardLogger } from '../http/logger';
import type { MiddlewareLike } from '../http/middleware';
import type { InstanceSource } from '../container/container';
import type { Plan } from '../plan/plan';
import type { InjectRequest } from '../engine/memory/inject';
import { closeOnSignals } from '../engine/close-on-signals';
import { holdRejections } from '../engine/hold-rejections';
import type { InjectedResponse } from '../engine/memory/injected-response';
import type { InjectedStream } from '../engine/memory/injected-stream';
import { makeMemoryEngine, makeUwsEngine } from '../engine/make-engine';
import type { MemoryEngine } from '../engine/memory/memory-engine';
import type { Address, ListenOptions } from '../engine/listen-options';
import type { UwsEngine } from '../engine/uws/uws-engine';

/** An application: collected, planned and compiled; runs on µWebSockets after `listen`, in memory with `inject`. */
export class App {
  /** What is shared with all requests, under typed keys. */
  readonly state = new AppState();
  /** The application that this one is mounted in. */
  mountedIn: App | undefined;

  private readonly parts: AppParts;
  private readonly life: AppLife;
  private compiled: CompiledApp | undefined;
  private memory: MemoryEngine | undefined;
  private engine: UwsEngine | undefined;
  private isClosed = false;
  private ignoreSignals: (() => void) | undefined;
  private letRejectionsGo: (() => void) | undefined;

  /** Use `createApp`. */
  constructor(options: AppOptions, source: InstanceSource, earlierProblems: readonly ConfigurationProblem[]) {
    const { middleware = [], onStart, onStop, logger: given = console } = options;
    const logger = guardLogger(given);
    this.parts = {
      options,
      source,
      earlierProblems,
      middleware: [...middleware],
      mounts: [],
      state: this.state,
      closing: new Closing(),
      logger,
    };
    this.life = new AppLife(source, logger, {
      onStart: onStart && (() => onStart(this)),
      onStop: onStop && (() => onStop(this)),
    });
    this.compile();
  }

  /** The plan as frozen data: what runs for which route, in which order. */
  get plan(): Plan {
    return this.compile().plan;
  }

  /** Adds one middleware inside those there are: outermost first. Throws ConfigurationError after `listen`. */
  use(middleware: MiddlewareLike): this {
    this.checkNotLate('app.use', 'Middleware was added');
    this.parts.middleware.push(middleware);
    this.expectMore();
    return this;
  }

  /**
   * Puts another application's routes below a path, inside this one's middleware, with their own middleware, error
   * handlers, dependencies and state; they also run where nothing answers a path below. It starts and stops with this one.
   *
   * @throws ConfigurationError MOUNT_INVALID, APP_STARTED, APP_CLOSED, and every mistake that the two make together
   */
  mount(path: string, app: App): this {
    this.checkNotLate('app.mount', 'An application was mounted');
    const fault = app instanceof App ? findMountFault(app, this, app.isUsed) : 'It is no application.';
    if (fault !== undefined) throw new ConfigurationError([describeMount(fault)]);
    this.parts.mounts.push({ path, parts: app.parts });
    this.life.include(path, app.life);
    app.state.fallBackTo(this.state);
    app.mountedIn = this;
    this.expectMore();
    this.compile();
    return this;
  }

  /** Answers a request in memory, without a socket; the first starts what is to be started. Throws ConfigurationError like `listen`. */
  async inject(request: InjectRequest): Promise<InjectedResponse> {
    return (await this.openMemory('app.inject')).answer(request);
  }

  /** Answers a request in memory like `inject`, its body read as it is made: for streams that have no end of their own. */
  async injectStream(request: InjectRequest): Promise<InjectedStream> {
    return (await this.openMemory('app.injectStream')).open(request);
  }

  /**
   * Starts what is to be started, once; `listen` and the first `inject` do it too.
   *
   * @throws ConfigurationError START_FAILED, APP_CLOSED
   */
  start(): Promise<void> {
    return this.begin('app.start');
  }

  /**
   * Starts what is to be started, and listens. Gives back the port that was taken (ask with `port: 0`) and the URL.
   * Where it can not, what was started is stopped again before it rejects, and the application is closed.
   *
   * @throws ConfigurationError with every mistake there is, START_FAILED, MOUNT_INVALID, OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED, ENGINE_MISSING
   */
  async listen(options: ListenOptions = {}): Promise<Address> {
    const problem = findListenProblem(this.isClosed, this.isUsed, this.mountedIn !== undefined);
    if (problem !== undefined) throw new ConfigurationError([problem]);
    const { table } = this.compile();
    const { hideEngineHeader = false } = this.parts.options;
    try {
      this.engine = makeUwsEngine(table, { hideEngineHeader });
      await this.begin('app.listen');
      const address = await this.engine.listen(options);
      if (this.isClosed) throw new ConfigurationError([describeClosed('app.listen')]);
      this.letRejectionsGo = holdRejections(table);
      if (options.handleSignals ?? true) this.ignoreSignals = closeOnSignals(() => this.close());
      return address;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * Stops listening, lets requests and background tasks finish, cuts what is left and stops what was started.
   *
   * @param options.timeoutMs milliseconds to wait for the requests, and again for what stops; default 10000
   */
  async close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    const { timeoutMs = 10_000 } = options;
    this.isClosed = true;
    this.parts.closing.begin();
    await this.engine?.close(timeoutMs);
    await this.life.stop(timeoutMs);
    this.ignoreSignals?.();
    this.letRejectionsGo?.();
  }

  /** `await using app = await createApp({ … })` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private get isUsed(): boolean {
    return this.engine !== undefined || this.isClosed;
  }

  private checkNotLate(place: string, what: string): void {
    if (this.isUsed) throw new ConfigurationError([describeLate(place, what, this.isClosed)]);
  }

  /** An application that could not start is closed: what had started has been stopped. */
  private async begin(place: string): Promise<void> {
    if (this.isClosed) throw new ConfigurationError([describeClosed(place)]);
    try {
      await this.life.start();
      this.state.freeze();
    } catch (error) {
      this.isClosed = true;
      throw error;
    }
  }

  private async openMemory(place: string): Promise<MemoryEngine> {
    const { table } = this.compile();
    await this.begin(place);
    return (this.memory ??= makeMemoryEngine(table));
  }

  private compile(): CompiledApp {
    return (this.compiled ??= compileApp(this.parts));
  }

  /** What was compiled is not so any more, here and where this is mounted. */
  private expectMore(): void {
    this.compiled = this.memory = undefined;
    this.life.expectMore();
    this.mountedIn?.expectMore();
  }
}
