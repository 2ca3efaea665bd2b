import { setImmediate } from 'node:timers/promises';
import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import type { CompiledChoice, CompiledRoute } from '../../http/compiled-route';
import { Context } from '../../http/context';
import type { HttpError } from '../../http/status/http-error';
import type { HttpMethod } from '../../routing/http-method';
import { REFUSAL } from '../../http/engine-keys';
import { OpenedStream } from '../../http/body/opened-stream';
import type { EngineTable } from '../engine';
import { failRequest, finishRequest } from '../finish-request';
import { InFlight } from '../in-flight';
import { AnswerGate } from './answer-gate';
import { cork } from './cork';
import { cut } from './cut';
import { detachSoon } from './detach-soon';
import { runLater } from './run-later';
import { UwsExchange } from './uws-exchange';
import { writeResponse } from './write-response';

/** Runs routes for native requests and writes their responses: at once if the route is synchronous, else later. */
export class Responder {
  private readonly inFlight = new InFlight();
  private readonly gate = new AnswerGate();
  /** Every answer has `Connection: close`. */
  isDraining = false;
  /** The connections are those of a Unix socket, so they have no addresses. */
  isUnix = false;

  /** @param isSecure the connections are encrypted */
  constructor(
    private readonly table: EngineTable,
    private readonly isSecure: boolean,
  ) {}

  /** Waits until nothing is in flight, or for the timeout. */
  async drain(timeoutMs: number): Promise<void> {
    await this.inFlight.waitUntilIdle(timeoutMs);
    if (this.inFlight.count > 0) this.table.cleanUps.cut();
    // The engine sends a synchronous response when its callback returns.
    await setImmediate();
  }

  /** Answers one request. It must not throw: an error inside the engine would abort the process. */
  answer(route: CompiledRoute, method: HttpMethod | undefined, res: HttpResponse, req: HttpRequest): void {
    try {
      const exchange = new UwsExchange(res, req, route, method, this.isSecure, this.isUnix);
      const refusal = exchange.findFault();
      if (refusal === undefined && route.readsBody && this.runWithBody(route, exchange)) return;
      this.run(refusal === undefined ? route : this.table.fallback, exchange, refusal);
    } catch (error) {
      this.giveUp(route, res, error);
    }
  }

  /** Answers with the chosen route. If none is chosen, the engine tries the next less specific pattern. */
  choose(
    choose: CompiledChoice['choose'],
    method: HttpMethod | undefined,
    res: HttpResponse,
    req: HttpRequest,
  ): void {
    const { fallback } = this.table;
    try {
      const exchange = new UwsExchange(res, req, fallback, method, this.isSecure, this.isUnix);
      const route = choose(exchange);
      if (!exchange.isOpen) return;
      if (route === undefined) req.setYield(true);
      else this.answer(route, method, res, req);
    } catch (error) {
      this.giveUp(fallback, res, error);
    }
  }

  /** Waits for a small body before the route runs, so that reading it needs no promise. */
  private runWithBody(route: CompiledRoute, exchange: UwsExchange): boolean {
    const run = (): void => {
      try {
        this.run(route, exchange, undefined);
      } catch (error) {
        this.giveUp(route, exchange.res, error);
      }
      this.inFlight.leave();
    };
    if (this.isSecure || !exchange.receiveSmallBody(run, () => this.inFlight.leave())) return false;
    this.inFlight.enter();
    return true;
  }

  private run(route: CompiledRoute, exchange: UwsExchange, refusal: HttpError | undefined): void {
    const context = new Context(exchange, route.info);
    if (refusal !== undefined) context.set(REFUSAL, refusal);
    const { trace } = this.table;
    if (trace.isOn) trace.run(context, () => this.runIn(context, route, exchange, refusal));
    else this.runIn(context, route, exchange, refusal);
  }

  private runIn(
    context: Context,
    route: CompiledRoute,
    exchange: UwsExchange,
    refusal: HttpError | undefined,
  ): void {
    const running = refusal === undefined ? route.run(context) : runLater(route, context);
    const isReady = running === undefined && !(context.response.body instanceof OpenedStream);
    const mustWait = isReady && !this.mayAnswerNow(exchange, context);
    if (isReady && !mustWait) {
      this.answerNow(exchange, context);
      return;
    }
    this.inFlight.enter();
    if (isReady || refusal !== undefined || !exchange.isAttached) exchange.detach();
    else void detachSoon(exchange);
    void this.answerLater(exchange, context, running, mustWait);
  }

  private mayAnswerNow(exchange: UwsExchange, context: Context): boolean {
    // See LateUpload.
    if (!exchange.isOpen || (this.isSecure && exchange.knownBody !== undefined)) return false;
    return !this.isDraining && this.gate.isOpenFor(exchange, context);
  }

  private answerNow(exchange: UwsExchange, context: Context): void {
    let writing: Promise<void> | undefined;
    try {
      writing = this.writeNow(exchange, context);
    } catch (error) {
      this.breakOff(exchange, context, error);
    }
    const ending =
      writing === undefined ? finishRequest(context, this.table) : this.endLater(exchange, context, writing);
    if (ending !== undefined) this.inFlight.track(ending);
  }

  /** Writes inside the engine's callback, which corks what it sends. */
  private writeNow(exchange: UwsExchange, context: Context): Promise<void> | undefined {
    if (context.afterResponse !== undefined) {
      exchange.detach();
      exchange.keepAddress();
    }
    try {
      return exchange.isOpen ? writeResponse(exchange, context, false) : undefined;
    } finally {
      exchange.forget();
    }
  }

  private writeLater(exchange: UwsExchange, context: Context): Promise<void> | undefined {
    if (context.afterResponse !== undefined) exchange.keepAddress();
    if (!exchange.isOpen) return undefined;
    const writing = cork(exchange.res, () => writeResponse(exchange, context, this.isDraining));
    if (exchange.lingering !== undefined) this.inFlight.track(exchange.lingering);
    return writing;
  }

  /** Waits for the last byte, and does what remains. Never rejects. */
  private async endLater(exchange: UwsExchange, context: Context, writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.breakOff(exchange, context, error);
    }
    await finishRequest(context, this.table);
  }

  /** The caller counts it as in flight. Never rejects. */
  private async answerLater(
    exchange: UwsExchange,
    context: Context,
    running: void | Promise<void>,
    mustWait: boolean,
  ): Promise<void> {
    try {
      if (running !== undefined) await running;
      // It may still be the engine's callback: promises that are ready resolve inside of it.
      if (mustWait || !this.mayAnswerNow(exchange, context)) {
        exchange.detach();
        await setImmediate();
      }
      const writing = exchange.isAttached
        ? this.writeNow(exchange, context)
        : this.writeLater(exchange, context);
      if (writing !== undefined) await writing;
    } catch (error) {
      this.breakOff(exchange, context, error);
    }
    const finishing = finishRequest(context, this.table);
    if (finishing !== undefined) await finishing;
    this.inFlight.leave();
  }

  private breakOff(exchange: UwsExchange, context: Context, error: unknown): void {
    failRequest(context, error, this.table);
    cut(exchange.res);
  }

  private giveUp(route: CompiledRoute, res: HttpResponse, error: unknown): void {
    this.table.logger.error(error, `${route.info.name} could not be answered`);
    cut(res);
  }
}
