import type { HttpRequest, HttpResponse, TemplatedApp, us_listen_socket } from 'uWebSockets.js';
import { ConfigurationError } from '../../http/configuration-error';
import { Context } from '../../http/context';
import { HttpError } from '../../http/http-error';
import { isServedMethod, mayHaveBody } from '../../http/http-method';
import { REFUSAL } from '../../http/refusal';
import type { EngineRoute, EngineTable } from '../engine';
import { checkListenOptions, type Address, type ListenOptions } from '../listen-options';
import { runBackground } from '../run-background';
import { checkFraming } from './check-framing';
import { describeListenFault } from './describe-listen-fault';
import { loadUws, type Uws } from './load-uws';
import { UwsExchange } from './uws-exchange';
import { isImmediate, stopUnsentStream, writeResponse } from './write-response';

/** Runs routes on µWebSockets. */
export class UwsEngine {
  private readonly uws: Uws;
  private readonly native: TemplatedApp;
  private listenSocket: us_listen_socket | undefined;
  private running = 0;
  private isDraining = false;
  private whenIdle: (() => void) | undefined;

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
    if (!table.routes.some(({ method, pattern }) => method === 'ALL' && pattern.path === '/*'))
      this.mount(table.fallback);
  }

  /** @throws ConfigurationError OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED */
  async listen(options: ListenOptions): Promise<Address> {
    const target = checkListenOptions(options);
    const { host, port, socket } = target;
    const listenSocket = await new Promise<us_listen_socket | false>((resolve) => {
      if (socket !== undefined) this.native.listen_unix(resolve, socket);
      else (this.native as unknown as ExclusiveApp).listen(host, port, LISTEN_EXCLUSIVE_PORT, resolve);
    });
    if (!listenSocket) throw new ConfigurationError([await describeListenFault(target)]);
    this.listenSocket = listenSocket;
    if (socket !== undefined) return { port: 0, host: socket, url: `unix:${socket}` };
    const taken = this.uws.us_socket_local_port(listenSocket);
    return { port: taken, host, url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` };
  }

  /** Stops listening, waits for what runs or the deadline, and cuts every connection. */
  async close(timeoutMs: number): Promise<void> {
    if (this.listenSocket === undefined) return;
    this.uws.us_listen_socket_close(this.listenSocket);
    this.listenSocket = undefined;
    this.isDraining = true;
    if (this.running > 0) await this.waitUntilIdle(timeoutMs);
    this.native.close();
  }

  private mount(route: EngineRoute): void {
    const handle = (res: HttpResponse, req: HttpRequest): void => {
      const isForRoute =
        route.method !== 'ALL' ||
        route === this.table.fallback ||
        isServedMethod(req.getCaseSensitiveMethod());
      this.answer(isForRoute ? route : this.table.fallback, res, req);
    };
    const { native } = this;
    const { path } = route.pattern;
    switch (route.method) {
      case 'GET':
        return void native.get(path, handle);
      case 'HEAD':
        return void native.head(path, handle);
      case 'POST':
        return void native.post(path, handle);
      case 'PUT':
        return void native.put(path, handle);
      case 'PATCH':
        return void native.patch(path, handle);
      case 'DELETE':
        return void native.del(path, handle);
      case 'OPTIONS':
        return void native.options(path, handle);
      case 'ALL':
        return void native.any(path, handle);
    }
  }

  /** Nothing may be thrown out of here: it would abort the process. */
  private answer(route: EngineRoute, res: HttpResponse, req: HttpRequest): void {
    try {
      const framing = checkFraming(req, mayHaveBody(route.method));
      const isRefused = framing instanceof HttpError;
      const target = isRefused ? this.table.fallback : route;
      const exchange = new UwsExchange(res, req, target, isRefused ? { length: 0, hasBody: false } : framing);
      const context = new Context(exchange, target.info);
      if (isRefused) context.set(REFUSAL, framing);
      const running = target.run(context);
      if (running === undefined && isImmediate(context.response)) {
        writeResponse(exchange, context, this.isDraining);
        const tasks = runBackground(context, this.table.logger);
        if (tasks !== undefined) void this.track(tasks);
        return;
      }
      exchange.detach();
      void this.track(this.answerLater(exchange, context, running));
    } catch (error) {
      this.table.logger.error(error, `${route.info.name} could not be answered`);
      res.close();
    }
  }

  private async answerLater(
    exchange: UwsExchange,
    context: Context,
    running: void | Promise<void>,
  ): Promise<void> {
    try {
      if (running !== undefined) await running;
      let writing: Promise<void> | undefined;
      if (exchange.isOpen)
        exchange.res.cork(() => (writing = writeResponse(exchange, context, this.isDraining)));
      else await stopUnsentStream(context);
      if (writing !== undefined) await writing;
    } catch (error) {
      this.table.logger.error(error, `${context.route.name} broke off while it was answered`);
      if (exchange.isOpen) exchange.res.close();
    }
    await runBackground(context, this.table.logger);
  }

  private async track(work: Promise<void>): Promise<void> {
    this.running++;
    await work;
    this.running--;
    if (this.running === 0) this.whenIdle?.();
  }

  private waitUntilIdle(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const deadline = setTimeout(resolve, timeoutMs);
      this.whenIdle = () => {
        clearTimeout(deadline);
        resolve();
      };
    });
  }
}

/** Without it a second process on the port would silently take half of the connections. */
const LISTEN_EXCLUSIVE_PORT = 1;

/** What the type declarations of the engine leave out. */
interface ExclusiveApp {
  listen(host: string, port: number, options: number, done: (socket: us_listen_socket | false) => void): void;
}
