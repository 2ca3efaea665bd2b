import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { OpenedStream } from '../../http/body/opened-stream';
import type { CompiledRoute } from '../../http/compiled-route';
import { Context } from '../../http/context';
import { REFUSAL } from '../../http/engine-keys';
import type { RequestSource } from '../../http/request-source';
import type { HttpError } from '../../http/status/http-error';
import { PathTable } from '../../routing/path-table';
import { AnswersPerTurn } from '../answers-per-turn';
import type { EngineTable } from '../engine';
import { failRequest, finishRequest } from '../finish-request';
import { InFlight } from '../in-flight';
import { endBehind } from './end-behind';
import type { NodeExchange } from './node-exchange';
import { writeResponse } from './write-response';

/** Runs routes for requests of node:http and writes their responses. */
export class NodeResponder {
  private readonly inFlight = new InFlight();
  private readonly turn = new AnswersPerTurn();
  private readonly paths = new PathTable<(source: RequestSource) => CompiledRoute | undefined>();
  /** Every answer has `Connection: close`. */
  isDraining = false;

  /** @param keepAliveLine see `writeResponse` */
  constructor(
    private readonly table: EngineTable,
    readonly keepAliveLine: string,
  ) {
    for (const route of table.routes) this.paths.add(route.method, route.pattern, () => route);
    for (const { method, pattern, choose } of table.choices ?? []) this.paths.add(method, pattern, choose);
  }

  /** Waits until nothing is in flight, or for the timeout. */
  async drain(timeoutMs: number): Promise<void> {
    await this.inFlight.waitUntilIdle(timeoutMs);
    if (this.inFlight.count > 0) this.table.cleanUps.cut();
    await setImmediate();
  }

  /** Answers one request. Never throws. */
  answer(exchange: NodeExchange): void {
    const { res } = exchange;
    if (res.destroyed) return;
    let route = this.table.fallback;
    try {
      // The route decides about the limit of the body.
      const chosen = this.choose(exchange);
      const refusal = exchange.findFault();
      if (refusal === undefined) route = chosen;
      if (refusal !== undefined || !route.readsBody || !this.runWithBody(route, exchange))
        this.run(route, exchange, refusal);
    } catch (error) {
      this.giveUp(route, res, error);
    }
  }

  private choose(exchange: NodeExchange): CompiledRoute {
    const { fallback, chooseFallback } = this.table;
    const match = this.paths.pick(exchange.readMethod(), exchange.readPath(), (choose) => choose(exchange));
    const route = match?.value ?? chooseFallback?.(exchange) ?? fallback;
    exchange.enter(route, match?.parameters ?? NONE);
    return route;
  }

  /** Waits for a small body before the route runs, so that reading it needs no promise. */
  private runWithBody(route: CompiledRoute, exchange: NodeExchange): boolean {
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

  private run(route: CompiledRoute, exchange: NodeExchange, refusal: HttpError | undefined): void {
    const context = new Context(exchange, route.info);
    if (refusal !== undefined) context.set(REFUSAL, refusal);
    const { trace } = this.table;
    if (trace.isOn) trace.run(context, () => this.runIn(context, route, exchange));
    else this.runIn(context, route, exchange);
  }

  private runIn(context: Context, route: CompiledRoute, exchange: NodeExchange): void {
    const running = route.run(context);
    const isStreamed = context.response.body instanceof OpenedStream;
    if (running === undefined && !isStreamed && this.turn.take()) {
      this.answerNow(exchange, context);
      return;
    }
    exchange.detach();
    this.inFlight.enter();
    void this.answerLater(exchange, context, running);
  }

  private answerNow(exchange: NodeExchange, context: Context): void {
    if (context.afterResponse !== undefined) exchange.detach();
    const ending = this.write(exchange, context);
    if (ending !== undefined) this.inFlight.track(ending);
  }

  /** The caller counts it as in flight. Never rejects. */
  private async answerLater(
    exchange: NodeExchange,
    context: Context,
    running: void | Promise<void>,
  ): Promise<void> {
    if (running !== undefined) await running;
    else await setImmediate();
    await this.write(exchange, context);
    this.inFlight.leave();
  }

  /** Writes the response and does what remains. Never throws and never rejects. */
  private write(exchange: NodeExchange, context: Context): Promise<void> | undefined {
    let writing: Promise<void> | undefined;
    try {
      if (exchange.isOpen) writing = writeResponse(exchange, context, this);
      if (exchange.lingering !== undefined) this.inFlight.track(exchange.lingering);
    } catch (error) {
      this.breakOff(exchange, context, error);
    }
    return writing === undefined
      ? finishRequest(context, this.table)
      : this.finishLater(exchange, context, writing);
  }

  private async finishLater(exchange: NodeExchange, context: Context, writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.breakOff(exchange, context, error);
    }
    await finishRequest(context, this.table);
  }

  private breakOff(exchange: NodeExchange, context: Context, error: unknown): void {
    failRequest(context, error, this.table);
    // So the client sees that more was to come.
    endBehind(exchange.res);
  }

  private giveUp(route: CompiledRoute, res: ServerResponse, error: unknown): void {
    this.table.logger.error(error, `${route.info.name} could not be answered`);
    // So the client sees that more was to come.
    endBehind(res);
  }
}

const NONE: readonly string[] = [];
