import { rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { HttpRequest, HttpResponse, TemplatedApp, us_listen_socket } from 'uWebSockets.js';
import { ConfigurationError } from '../../http/configuration-error';
import { Context } from '../../http/context';
import { mayHaveBody, ROUTE_METHODS, type HttpMethod } from '../../http/http-method';
import type { PathPattern } from '../../http/path-pattern';
import { REFUSAL } from '../../http/refusal';
import { isStreamSource, stopSource } from '../../http/stream-body';
import type { EngineRoute, EngineTable } from '../engine';
import { InFlight } from '../in-flight';
import { checkListenOptions, type Address, type ListenOptions } from '../listen-options';
import { runBackground } from '../run-background';
import { cork } from './cork';
import { describeListenFault, type ListenTarget } from './describe-listen-fault';
import { findSocketFault } from './find-socket-fault';
import { loadUws, type Uws } from './load-uws';
import { UwsExchange } from './uws-exchange';
import { isImmediate, writeResponse } from './write-response';

/** Runs routes on µWebSockets. */
export class UwsEngine {
  private readonly uws: Uws;
  private readonly native: TemplatedApp;
  private listenSocket: us_listen_socket | undefined;
  private socketPath: string | undefined;
  private readonly inFlight = new InFlight();
  private isDraining = false;
  private closing: Promise<void> | undefined;

  /** @throws ConfigurationError ENGINE_MISSING */
  constructor(
    private readonly table: EngineTable,
    { hideEngineHeader }: { readonly hideEngineHeader: boolean },
  ) {
    this.uws = loadUws();
    // Undocumented, for the whole process, and there is no way back: docs/engine.md.
    if (hideEngineHeader) (this.uws as unknown as { _cfg(key: string): void })._cfg('999999990007');
    this.native = this.uws.App();
    for (const route of table.routes) this.mount(route);
    // What no route takes, whatever its method.
    this.native.any('/*', (res, req) => this.answer(table.fallback, undefined, res, req));
  }

  /** @throws ConfigurationError OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED */
  async listen(options: ListenOptions): Promise<Address> {
    const target = checkListenOptions(options);
    const { host, socket } = target;
    const fault = socket === undefined ? undefined : await findSocketFault(socket);
    const listenSocket = fault === undefined && (await this.listenOn(target));
    if (!listenSocket) throw new ConfigurationError([await describeListenFault(target, fault)]);
    this.listenSocket = listenSocket;
    this.socketPath = socket;
    if (socket !== undefined) return { port: 0, host: socket, url: `unix:${socket}` };
    const taken = this.uws.us_socket_local_port(listenSocket);
    return { port: taken, host, url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` };
  }

  private listenOn({ host, port, socket }: ListenTarget): Promise<us_listen_socket | false> {
    return new Promise((resolve) => {
      if (socket !== undefined) this.native.listen_unix(resolve, socket);
      else (this.native as unknown as ExclusiveApp).listen(host, port, LISTEN_EXCLUSIVE_PORT, resolve);
    });
  }

  /** Stops listening, waits for what runs or the deadline, and cuts every connection. Asked again, it waits for the same. */
  close(timeoutMs: number): Promise<void> {
    return (this.closing ??= this.drain(timeoutMs));
  }

  private async drain(timeoutMs: number): Promise<void> {
    if (this.listenSocket === undefined) return;
    this.uws.us_listen_socket_close(this.listenSocket);
    this.listenSocket = undefined;
    if (this.socketPath !== undefined) rmSync(this.socketPath, { force: true });
    this.isDraining = true;
    await this.inFlight.waitUntilIdle(timeoutMs);
    this.native.close();
  }

  /** Registered for each method it serves: the engine would take any method's pattern before the most specific for all. */
  private mount(route: EngineRoute): void {
    const { method, pattern } = route;
    const methods = method === 'ALL' ? ROUTE_METHODS.filter((one) => !this.isServed(one, pattern)) : [method];
    for (const one of methods) {
      this.native[VERBS[one]](pattern.path, (res, req) => this.answer(route, one, res, req));
    }
  }

  private isServed(method: HttpMethod, { shape }: PathPattern): boolean {
    return this.table.routes.some((other) => other.method === method && other.pattern.shape === shape);
  }

  /** Nothing may be thrown out of here: it would abort the process. */
  private answer(
    route: EngineRoute,
    method: HttpMethod | undefined,
    res: HttpResponse,
    req: HttpRequest,
  ): void {
    try {
      const exchange = new UwsExchange(res, req, route, method);
      const refusal = method === undefined || mayHaveBody(method) ? exchange.findFramingFault() : undefined;
      const target = refusal === undefined ? route : this.table.fallback;
      const context = new Context(exchange, target.info);
      if (refusal !== undefined) context.set(REFUSAL, refusal);
      const running = refusal === undefined ? target.run(context) : runLater(target, context);
      if (running === undefined && isImmediate(context.response)) {
        this.answerNow(exchange, context);
        return;
      }
      exchange.detach();
      void this.inFlight.track(this.answerLater(exchange, context, running));
    } catch (error) {
      this.table.logger.error(error, `${route.info.name} could not be answered`);
      cut(res);
    }
  }

  private answerNow(exchange: UwsExchange, context: Context): void {
    const tasks = context.takeBackgroundTasks();
    if (tasks !== undefined) exchange.detach();
    void writeResponse(exchange, context, this.isDraining);
    exchange.forget();
    if (tasks !== undefined)
      void this.inFlight.track(runBackground(tasks, context.route.name, this.table.logger));
  }

  private async answerLater(
    exchange: UwsExchange,
    context: Context,
    running: void | Promise<void>,
  ): Promise<void> {
    const { logger } = this.table;
    try {
      if (running !== undefined) await running;
      if (exchange.isOpen) await cork(exchange.res, () => writeResponse(exchange, context, this.isDraining));
      else if (isStreamSource(context.response.body)) stopSource(context.response.body);
    } catch (error) {
      logger.error(error, `${context.route.name} broke off while it was answered`);
      if (exchange.isOpen) cut(exchange.res);
    }
    const tasks = context.takeBackgroundTasks();
    if (tasks !== undefined) await runBackground(tasks, context.route.name, logger);
  }
}

/**
 * Answered at once, a refusal would not keep the engine from reading what else came in the same packet as the next
 * request, the closing notwithstanding. A request that waits for its answer makes it close the connection instead.
 */
async function runLater(route: EngineRoute, context: Context): Promise<void> {
  await setImmediate();
  await route.run(context);
}

const VERBS = {
  GET: 'get',
  HEAD: 'head',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'del',
  OPTIONS: 'options',
} as const satisfies Readonly<Record<HttpMethod, keyof TemplatedApp>>;

/** Ends the connection at once, if the response is still alive. */
function cut(res: HttpResponse): void {
  try {
    res.close();
  } catch {
    // It was answered or the client has gone: there is nothing left to end.
  }
}

/** Without it a second process on the port would silently take half of the connections. */
const LISTEN_EXCLUSIVE_PORT = 1;

/** What the type declarations of the engine leave out. */
interface ExclusiveApp {
  listen(host: string, port: number, options: number, done: (socket: us_listen_socket | false) => void): void;
}
