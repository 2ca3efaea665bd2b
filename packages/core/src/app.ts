import { ConfigurationError, type ConfigurationProblem } from './http/configuration-error';
import type { ErrorHandler } from './http/error-handler';
import { guardLogger, type Logger } from './http/logger';
import type { MiddlewareLike } from './http/middleware';
import type { Class } from './metadata/records';
import { buildPlan, DEFAULT_BODY_LIMIT } from './plan/build-plan';
import { checkAppOptions } from './plan/check-app-options';
import { collectCatches, collectMiddleware, collectRoutes, type Listed } from './plan/collect';
import type { Container, Provider } from './plan/container';
import type { Plan, ValidationOptions } from './plan/plan';
import type { PlainRoute } from './plan/route-definition';
import { makeContainer } from './plan/make-container';
import { compilePlan } from './pipeline/compile-plan';
import type { FormatError } from './pipeline/settle';
import type { EngineTable } from './engine/engine';
import type { InjectRequest } from './engine/memory/inject';
import { closeOnSignals } from './engine/close-on-signals';
import type { InjectedResponse } from './engine/memory/injected-response';
import type { InjectedStream } from './engine/memory/injected-stream';
import { makeMemoryEngine, makeUwsEngine } from './engine/make-engine';
import type { MemoryEngine } from './engine/memory/memory-engine';
import type { Address, ListenOptions } from './engine/listen-options';
import type { UwsEngine } from './engine/uws/uws-engine';

/** What an application is made of. */
export interface AppOptions {
  /** Classes with `@Controller`. */
  readonly controllers?: readonly Class[];
  /** Routes without a class. */
  readonly routes?: readonly PlainRoute[];
  /** Round every route and the fallback, first = outermost. */
  readonly middleware?: readonly MiddlewareLike[];
  /** What the container gives for tokens; replaces a class where `provide` is that class. */
  readonly providers?: readonly Provider[];
  /** Another container than the built-in one, instead of `providers`: it provides by its own means. */
  readonly container?: Container;
  /** For errors that no controller handles: records, or classes whose methods have `@Catch`. */
  readonly errorHandlers?: readonly (ErrorHandler | Class)[];
  /** Replaces the shape of error bodies; returning undefined leaves it to the default. */
  readonly formatError?: FormatError;
  /** How body classes are checked where `@Body` does not say; default `{ unknownKeys: 'refuse' }`. */
  readonly validation?: Pick<ValidationOptions, 'unknownKeys'>;
  /** Bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  /** Default `console`. */
  readonly logger?: Logger;
  /** Tells mistakes in full and watches middleware. Default: `NODE_ENV` is not `production`. */
  readonly development?: boolean;
  /** Leaves out the engine's `uWebSockets` response header, for the whole process; default false. See docs/engine.md. */
  readonly hideEngineHeader?: boolean;
}

/** An application: collected, planned and compiled; runs on µWebSockets after `listen`, in memory with `inject`. */
export class App {
  private readonly listed: Listed;
  private readonly container: Container;
  private readonly providerProblems: ConfigurationProblem[] = [];
  private readonly added: MiddlewareLike[];
  private ready:
    { readonly plan: Plan; readonly table: EngineTable; memory: MemoryEngine | undefined } | undefined;
  private engine: UwsEngine | undefined;
  private isClosed = false;
  private ignoreSignals: (() => void) | undefined;

  /** Use `createApp`. */
  constructor(private readonly options: AppOptions) {
    const {
      controllers = [],
      routes = [],
      errorHandlers = [],
      providers = [],
      container,
      middleware = [],
    } = options;
    this.listed = { controllers, routes, errorHandlers };
    this.container = container ?? makeContainer(providers, this.providerProblems);
    this.added = [...middleware];
    this.compile();
  }

  /** The plan as frozen data: what runs for which route, in which order. */
  get plan(): Plan {
    return this.compile().plan;
  }

  /** Adds one middleware inside those there are: outermost first. Throws ConfigurationError after `listen`. */
  use(middleware: MiddlewareLike): this {
    if (this.engine !== undefined || this.isClosed) {
      const code = this.isClosed ? 'APP_CLOSED' : 'APP_STARTED';
      const fault = `Middleware was added after ${this.isClosed ? 'close' : 'listen'}.`;
      throw new ConfigurationError([
        { code, place: 'app.use', fault, cure: 'Add all middleware before app.listen().' },
      ]);
    }
    this.added.push(middleware);
    this.ready = undefined;
    return this;
  }

  /** Answers a request in memory, without a socket. Throws ConfigurationError like `listen`. */
  async inject(request: InjectRequest): Promise<InjectedResponse> {
    const ready = this.compile();
    ready.memory ??= makeMemoryEngine(ready.table);
    return ready.memory.answer(request);
  }

  /** Answers a request in memory like `inject`, its body read as it is made: for streams that have no end of their own. */
  async injectStream(request: InjectRequest): Promise<InjectedStream> {
    const ready = this.compile();
    ready.memory ??= makeMemoryEngine(ready.table);
    return ready.memory.open(request);
  }

  /**
   * Listens. Gives back the port that was taken (ask with `port: 0`) and the URL.
   *
   * @throws ConfigurationError with every mistake there is, OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED, ENGINE_MISSING
   */
  async listen(options: ListenOptions = {}): Promise<Address> {
    if (this.engine !== undefined || this.isClosed) {
      throw new ConfigurationError([this.isClosed ? describeClosed() : describeListening()]);
    }
    const engine = makeUwsEngine(this.compile().table, {
      hideEngineHeader: this.options.hideEngineHeader ?? false,
    });
    this.engine = engine;
    const address = await engine.listen(options).catch((error: unknown) => {
      this.engine = undefined;
      throw error;
    });
    if (this.isClosed) {
      await engine.close(0);
      throw new ConfigurationError([describeClosed()]);
    }
    if (options.handleSignals ?? true) this.ignoreSignals = closeOnSignals(() => this.close());
    return address;
  }

  /**
   * Stops listening, lets requests in flight and background tasks finish, then cuts what is left.
   *
   * @param options.timeoutMs milliseconds to wait for them; default 10000
   */
  async close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    this.isClosed = true;
    await this.engine?.close(options.timeoutMs ?? 10_000);
    this.ignoreSignals?.();
  }

  private compile(): NonNullable<typeof this.ready> {
    if (this.ready !== undefined) return this.ready;
    const { options, container, listed } = this;
    const problems = [...this.providerProblems];
    const routes = collectRoutes(listed, container, problems);
    const middleware = collectMiddleware(this.added, container, problems);
    const catches = collectCatches(listed, container, problems);
    const { bodyLimit = DEFAULT_BODY_LIMIT, validation } = options;
    const plan = buildPlan({ routes, middleware, catches, bodyLimit, validation }, problems);
    if (problems.length > 0) throw new ConfigurationError(problems);
    const logger = guardLogger(options.logger ?? console);
    const development = options.development ?? process.env['NODE_ENV'] !== 'production';
    const compiled = compilePlan(plan, { development, logger, formatError: options.formatError });
    const table: EngineTable = { ...compiled, logger };
    this.ready = { plan, table, memory: undefined };
    return this.ready;
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
  return new App(options);
}

function describeClosed(): ConfigurationProblem {
  const cure = 'Make a new application with createApp().';
  return { code: 'APP_CLOSED', place: 'app.listen', fault: 'The application has been closed.', cure };
}

function describeListening(): ConfigurationProblem {
  const cure = 'Make a new application with createApp().';
  return { code: 'APP_STARTED', place: 'app.listen', fault: 'The application listens already.', cure };
}
