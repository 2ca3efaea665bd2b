import { setImmediate } from 'node:timers/promises';
import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import type { CompiledChoice, CompiledRoute } from '../../http/compiled-route';
import { Context } from '../../http/context';
import type { HttpError } from '../../http/status/http-error';
import type { HttpMethod } from '../../routing/http-method';
import { REFUSAL } from '../../http/engine-keys';
import { forbidsBody } from '../../http/status/status';
import { OpenedStream } from '../../http/body/opened-stream';
import { AnswersPerTurn } from '../answers-per-turn';
import type { EngineTable } from '../engine';
import { failRequest, finishRequest } from '../finish-request';
import { InFlight } from '../in-flight';
import { BodilessAnswers } from './bodiless-answers';
import { cork } from './cork';
import { cut } from './cut';
import { UwsExchange } from './uws-exchange';
import { asksToClose } from './write-head';
import { writeResponse } from './write-response';

/** Runs routes for native requests and writes their responses: at once if the route is synchronous, else later. */
export class Responder {
  private readonly inFlight = new InFlight();
  private readonly turn = new AnswersPerTurn();
  private readonly bodiless = new BodilessAnswers();
  /** Every answer has `Connection: close`. */
  isDraining = false;

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
      const exchange = new UwsExchange(res, req, route, method, this.isSecure);
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
      const route = choose(new UwsExchange(res, req, fallback, method, this.isSecure));
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
    if (!exchange.receiveSmallBody(run, () => this.inFlight.leave())) return false;
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
    exchange.detach();
    this.inFlight.enter();
    void this.answerLater(exchange, context, running, mustWait);
  }

  /**
   * Behind an answer of this turn the engine reads the rest of the packet as the next request, although the connection
   * closes. While an answer waits it closes the connection instead (RFC 9112 §9.6).
   */
  private mayAnswerNow(exchange: UwsExchange, { response }: Context): boolean {
    const closes = this.isDraining || exchange.knownBody?.mustClose === true || asksToClose(response.headers);
    if (closes || !this.turn.take()) return false;
    const { body, status } = response;
    const isBodiless = body === undefined || body === '' || forbidsBody(status);
    return !isBodiless || !this.bodiless.mustWait(() => exchange.res.getRemoteAddress());
  }

  private answerNow(exchange: UwsExchange, context: Context): void {
    if (context.afterResponse !== undefined) {
      exchange.detach();
      exchange.keepAddress();
    }
    let writing: Promise<void> | undefined;
    try {
      writing = writeResponse(exchange, context, false);
    } catch (error) {
      this.breakOff(exchange, context, error);
    }
    exchange.forget();
    const ending =
      writing === undefined ? finishRequest(context, this.table) : this.endLater(exchange, context, writing);
    if (ending !== undefined) this.inFlight.track(ending);
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
      if (mustWait || !this.mayAnswerNow(exchange, context)) await setImmediate();
      if (exchange.isOpen) {
        if (context.afterResponse !== undefined) exchange.keepAddress();
        const writing = cork(exchange.res, () => writeResponse(exchange, context, this.isDraining));
        if (exchange.lingering !== undefined) this.inFlight.track(exchange.lingering);
        if (writing !== undefined) await writing;
      }
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

/**
 * After a synchronous refusal the engine would still read the rest of the packet as the next request, although the
 * connection closes. After an asynchronous one it does not.
 */
async function runLater(route: CompiledRoute, context: Context): Promise<void> {
  await setImmediate();
  await route.run(context);
}
