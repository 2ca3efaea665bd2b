import { AppLife } from './app-life';
import type { AppOptions } from './app-options';
import { describeClosed, describeLateUse, describeListening } from './app-problems';
import { assignApp } from './http/app-of-route';
import { AppState } from './http/app-state';
import { Closing } from './http/closing';
import { ConfigurationError, type ConfigurationProblem } from './http/configuration-error';
import { guardLogger, type Logger } from './http/logger';
import type { MiddlewareLike } from './http/middleware';
import { giveHomes } from './plan/give-homes';
import { compileTrust } from './http/trusted-proxies';
import { buildPlan, DEFAULT_BODY_LIMIT } from './plan/build-plan';
import { checkAppOptions } from './plan/check-app-options';
import { collectCatches, collectMiddleware, collectRoutes, type Listed } from './plan/collect';
import type { InstanceSource, Provider } from './plan/container';
import { isParameterOverride, readOverrides } from './plan/override';
import type { Plan } from './plan/plan';
import { makeContainer } from './plan/make-container';
import { compilePlan } from './pipeline/compile-plan';
import type { EngineTable } from './engine/engine';
import type { InjectRequest } from './engine/memory/inject';
import { closeOnSignals } from './engine/close-on-signals';
import { holdRejections } from './engine/hold-rejections';
import type { InjectedResponse } from './engine/memory/injected-response';
import type { InjectedStream } from './engine/memory/injected-stream';
import { makeMemoryEngine, makeUwsEngine } from './engine/make-engine';
import type { MemoryEngine } from './engine/memory/memory-engine';
import type { Address, ListenOptions } from './engine/listen-options';
import type { UwsEngine } from './engine/uws/uws-engine';

/** An application: collected, planned and compiled; runs on µWebSockets after `listen`, in memory with `inject`. */
export class App {
  /** What is shared with all requests, under typed keys. */
  readonly state = new AppState();

  private readonly listed: Listed;
  private readonly added: MiddlewareLike[];
  private readonly logger: Logger;
  private readonly life: AppLife;
  private ready:
    { readonly plan: Plan; readonly table: EngineTable; memory: MemoryEngine | undefined } | undefined;
  private engine: UwsEngine | undefined;
  private readonly closing = new Closing();
  private isClosed = false;
  private ignoreSignals: (() => void) | undefined;
  private letRejectionsGo: (() => void) | undefined;

  /** Use `createApp`. */
  constructor(
    private readonly options: AppOptions,
    private readonly source: InstanceSource,
    private readonly earlierProblems: readonly ConfigurationProblem[],
  ) {
    const { controllers = [], routes = [], errorHandlers = [], middleware = [], onStart, onStop } = options;
    this.listed = { controllers, routes, errorHandlers };
    this.added = [...middleware];
    this.logger = guardLogger(options.logger ?? console);
    this.life = new AppLife(source, this.logger, {
      starts: onStart ? [{ place: 'createApp, onStart', run: () => onStart(this) }] : [],
      stops: onStop ? [{ place: 'createApp, onStop', run: () => onStop(this) }] : [],
      disposal: undefined,
    });
    this.compile();
  }

  /** The plan as frozen data: what runs for which route, in which order. */
  get plan(): Plan {
    return this.compile().plan;
  }

  /** Adds one middleware inside those there are: outermost first. Throws ConfigurationError after `listen`. */
  use(middleware: MiddlewareLike): this {
    if (this.engine !== undefined || this.isClosed) {
      throw new ConfigurationError([describeLateUse(this.isClosed)]);
    }
    this.added.push(middleware);
    this.ready = undefined;
    this.life.expectMore();
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
   *
   * @throws ConfigurationError with every mistake there is, START_FAILED, OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED, ENGINE_MISSING
   */
  async listen(options: ListenOptions = {}): Promise<Address> {
    if (this.engine !== undefined || this.isClosed) {
      throw new ConfigurationError([this.isClosed ? describeClosed('app.listen') : describeListening()]);
    }
    const engine = makeUwsEngine(this.compile().table, {
      hideEngineHeader: this.options.hideEngineHeader ?? false,
    });
    this.engine = engine;
    const address = await this.begin('app.listen')
      .then(() => engine.listen(options))
      .catch((error: unknown) => {
        this.engine = undefined;
        throw error;
      });
    if (this.isClosed) {
      await engine.close(0);
      throw new ConfigurationError([describeClosed('app.listen')]);
    }
    this.letRejectionsGo = holdRejections(this.compile().table.logger);
    if (options.handleSignals ?? true) this.ignoreSignals = closeOnSignals(() => this.close());
    return address;
  }

  /**
   * Stops listening, lets requests in flight and background tasks finish, then cuts what is left and stops what was
   * started.
   *
   * @param options.timeoutMs milliseconds to wait for the requests, and again for what stops; default 10000
   */
  async close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    const { timeoutMs = 10_000 } = options;
    this.isClosed = true;
    this.closing.begin();
    await this.engine?.close(timeoutMs);
    await this.life.stop(timeoutMs);
    this.ignoreSignals?.();
    this.letRejectionsGo?.();
  }

  /** `await using app = await createApp({ … })` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** An application that could not start is closed: what had started has been stopped. */
  private async begin(place: string): Promise<void> {
    if (this.isClosed) throw new ConfigurationError([describeClosed(place)]);
    try {
      await this.life.start();
      this.state.settle();
    } catch (error) {
      this.isClosed = true;
      throw error;
    }
  }

  private async openMemory(place: string): Promise<MemoryEngine> {
    const ready = this.compile();
    await this.begin(place);
    return (ready.memory ??= makeMemoryEngine(ready.table));
  }

  private compile(): NonNullable<typeof this.ready> {
    if (this.ready !== undefined) return this.ready;
    const { options, source, listed, logger } = this;
    const problems = [...this.earlierProblems];
    const routes = collectRoutes(listed, source, problems);
    const middleware = collectMiddleware(this.added, source, problems);
    const catches = collectCatches(listed, source, problems);
    const overrides = readOverrides(options.overrides?.filter(isParameterOverride) ?? []);
    const { bodyLimit = DEFAULT_BODY_LIMIT, validation } = options;
    const plan = buildPlan({ routes, middleware, catches, bodyLimit, validation, overrides }, problems);
    if (problems.length > 0) throw new ConfigurationError(problems);
    for (const { info } of [...plan.routes, plan.fallback]) assignApp(info, this);
    giveHomes(plan, this.closing);
    const development = options.development ?? process.env['NODE_ENV'] !== 'production';
    const { formatError, trustProxy } = options;
    const isTrustedProxy = trustProxy === undefined ? undefined : compileTrust(trustProxy);
    const compiled = compilePlan(plan, { development, logger, formatError, isTrustedProxy, overrides });
    const table: EngineTable = { ...compiled, logger };
    return (this.ready = { plan, table, memory: undefined });
  }
}

/**
 * Makes an application. Nothing listens yet.
 *
 * @throws ConfigurationError listing every mistake there is, each with code, place, fault and cure
 * @example const app = await createApp({ controllers: [NotesController], middleware: [gzip()] });
 */
export async function createApp(options: AppOptions): Promise<App> {
  checkAppOptions(options);
  const problems: ConfigurationProblem[] = [];
  const overrides = options.overrides?.filter((one): one is Provider => !isParameterOverride(one));
  const source = makeContainer({ ...options, overrides }, problems);
  await source.makeProvided(problems);
  return new App(options, source, problems);
}
