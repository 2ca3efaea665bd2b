import { AppLife, type AppHooks, type CloseOptions } from './app-life';
import type { AppSettings } from './app-settings';
import { showToObserver } from './app-observer';
import { listServiceLives } from './service-lives';
import { finishStart } from './finish-start';
import { Compilation } from './compilation';
import { finishWork, makeParts, type AppParts } from './app-parts';
import { checkLoadedLimit } from './compile-app';
import { checkMayChange, checkMayListen, checkMount, checkOpen } from './app-problems';
import { ProcessHooks } from './process-hooks';
import { reloadTls } from './reload-tls';
import type { AppState } from '../http/app-state';
import type { AppPhase } from '../http/closing';
import type { Token } from '../http/token';
import type { ConfigurationProblem } from '../configuration/configuration-error';
import type { MiddlewareLike } from '../http/middleware';
import type { Container, InstanceSource } from '../container/container';
import type { Plan } from '../plan/plan';
import type { InjectRequest } from '../engine/memory/inject';
import type { InjectedResponse } from '../engine/memory/injected-response';
import type { InjectedStream } from '../engine/memory/injected-stream';
import { makeMemoryEngine, makeSocketEngine, type ChosenEngine } from '../engine/make-engine';
import type { MemoryEngine } from '../engine/memory/memory-engine';
import type { Address, ListenOptions } from '../engine/listen-options';
import { describeWorker, type WorkerInfo } from '../configuration/worker-info';

/** An application. It runs on sockets after `listen`, and in memory with `inject`. */
export class App {
  /** Values that all requests share, under typed keys. */
  readonly state: AppState;
  /** Which process of the program this is: `serve` can start several. */
  readonly worker: WorkerInfo = describeWorker();
  /** The application that this one is mounted in, if any. */
  mountedIn: App | undefined;

  private readonly parts: AppParts;
  private readonly life: AppLife;
  private readonly compilation: Compilation;
  private memory: MemoryEngine | undefined;
  private chosen: ChosenEngine | undefined;
  private readonly processHooks = new ProcessHooks();

  /** Use `createApp`. */
  constructor(
    settings: AppSettings,
    source: InstanceSource,
    earlierProblems: readonly ConfigurationProblem[],
    hooks: AppHooks,
  ) {
    this.parts = makeParts(settings, source, earlierProblems);
    this.state = this.parts.state;
    this.compilation = new Compilation(this.parts);
    this.life = new AppLife(source, this.parts.logger, hooks, listServiceLives(this.parts));
  }

  /** The plan as frozen data: the steps of every route, in order. */
  get plan(): Plan {
    return this.compilation.read().plan;
  }

  /** The part of its life that it is in: `closing` from the call of `close` on. */
  get phase(): AppPhase {
    return this.parts.closing.phase;
  }

  /** The container, for `createApp({ container: outer.container })` of an application that is mounted in this one. */
  get container(): Container {
    return this.parts.source;
  }

  /** The instance of a class or token, always the same one. Throws ConfigurationError, or Error for one of a request. */
  get<T>(token: Token<T>): T {
    return this.parts.source.resolve(token);
  }

  /** The engine on sockets; undefined before `listen`. */
  get engine(): ChosenEngine['name'] | undefined {
    return this.chosen?.name;
  }

  /** Adds a middleware inside the present ones: first = outermost. Throws ConfigurationError after `listen`. */
  use(middleware: MiddlewareLike): this {
    checkMayChange(this.isUsed, this.phase, 'app.use', 'Middleware was added');
    this.parts.middleware.push(middleware);
    this.invalidate();
    return this;
  }

  /**
   * Mounts another application below a path, inside the middleware of this one. It keeps its own middleware, error
   * handlers, dependencies and state, also where no route matches below the path. It starts and stops with this one.
   *
   * @throws ConfigurationError MOUNT_INVALID, APP_STARTED, APP_CLOSED, and all mistakes of the two together
   */
  mount(path: string, app: App): this {
    checkMayChange(this.isUsed, this.phase, 'app.mount', 'An application was mounted');
    checkMount(app instanceof App ? app : undefined, this, app.isUsed);
    this.parts.mounts.push({ path, parts: app.parts });
    this.life.include(path, app.life);
    app.state.fallBackTo(this.state);
    app.mountedIn = this;
    this.invalidate();
    this.compilation.read();
    return this;
  }

  /** Answers a request in memory, without a socket. The first call starts the application. Throws ConfigurationError as `listen` does. */
  async inject(request: InjectRequest): Promise<InjectedResponse> {
    return (await this.openMemory('app.inject')).answer(request);
  }

  /** Answers like `inject`, but its body is read while it is made: for streams that do not end by themselves. */
  async injectStream(request: InjectRequest): Promise<InjectedStream> {
    return (await this.openMemory('app.injectStream')).open(request);
  }

  /** Runs everything with `@OnStart`, and `onStart`, once, as `listen` and the first `inject` do. Throws ConfigurationError. */
  async start(): Promise<void> {
    this.compilation.readToRun('app.start');
    await this.begin('app.start');
  }

  /**
   * Starts the application and listens. If that fails, it stops everything that has started, and it is closed.
   *
   * @throws ConfigurationError with every mistake, START_FAILED, MOUNT_INVALID, OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED, ENGINE_MISSING, HEADER_LIMIT_CONFLICT, HEADER_LIMIT_LOW, the codes with TLS
   */
  async listen(options: ListenOptions = {}): Promise<Address> {
    checkMayListen(this.phase === 'closing', this.isUsed, this.mountedIn !== undefined);
    const { table, plan } = this.compilation.readToRun('app.listen');
    if (showToObserver(this)) return new Promise<never>(() => {});
    try {
      this.chosen = makeSocketEngine(table, this.parts.settings, options);
      checkLoadedLimit(plan, this.chosen.headLimit);
      await this.begin('app.listen', options.tls !== undefined);
      const address = await this.chosen.engine.listen(options);
      checkOpen(this.phase, 'app.listen');
      this.parts.closing.serve();
      if (this.worker.id === 1) this.parts.logger.info(this.chosen.message);
      this.processHooks.hold(table, (options.handleSignals ?? true) ? () => this.close() : undefined);
      return address;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Reads the TLS files again, for new connections. Throws ConfigurationError; then those before stay in use. */
  reloadTls(): void {
    reloadTls(this.phase === 'closing' ? undefined : this.chosen?.engine);
  }

  /** Stops listening, waits for requests and background tasks, cuts the rest, and runs all clean-ups and then the stop functions. */
  async close({ timeoutMs = 10_000, keepAliveMs = 0 }: CloseOptions = {}): Promise<void> {
    const deadline = Date.now() + keepAliveMs + timeoutMs;
    this.parts.closing.begin();
    this.memory?.close();
    await this.chosen?.engine.close(timeoutMs, keepAliveMs);
    await finishWork(this.parts, deadline);
    await this.life.stop(timeoutMs);
    this.processHooks.release();
  }

  /** With `await using app = await createApp({ … })` the application closes at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private get isUsed(): boolean {
    return this.chosen !== undefined || this.phase === 'closing';
  }

  /** An application that failed to start is closed: everything that had started has been stopped. */
  private async begin(place: string, hasTls = false): Promise<void> {
    checkOpen(this.phase, place);
    try {
      await this.life.start();
      checkOpen(this.phase, place);
      await finishStart(this.compilation.readToRun(place), this.parts, hasTls);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  private async openMemory(place: string): Promise<MemoryEngine> {
    const { table } = this.compilation.readToRun(place);
    await this.begin(place);
    this.parts.closing.serve();
    return (this.memory ??= makeMemoryEngine(table));
  }

  /** Compiles again when needed, here and in the application that this one is mounted in. */
  private invalidate(): void {
    this.compilation.drop();
    this.memory = undefined;
    this.life.expectMore();
    this.mountedIn?.invalidate();
  }
}
