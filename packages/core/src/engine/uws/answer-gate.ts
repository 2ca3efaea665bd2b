import type { Context } from '../../http/context';
import { forbidsBody } from '../../http/status/status';
import { AnswersPerTurn } from '../answers-per-turn';
import { BodilessAnswers } from './bodiless-answers';
import type { UwsExchange } from './uws-exchange';
import { asksToClose } from './head/write-head';

/** Decides whether an answer that is ready may be written in this turn of the event loop. */
export class AnswerGate {
  private readonly turn = new AnswersPerTurn();
  private readonly bodiless = new BodilessAnswers();

  /**
   * Behind an answer of this turn the engine reads the rest of the packet as the next request, although the connection
   * closes. While an answer waits it closes the connection instead (RFC 9112 §9.6).
   */
  isOpenFor(exchange: UwsExchange, { response }: Context): boolean {
    const closes = exchange.knownBody?.mustClose === true || asksToClose(response.headers);
    if (closes || !this.turn.take()) return false;
    const { body, status } = response;
    const isBodiless = body === undefined || body === '' || forbidsBody(status);
    return !isBodiless || !this.bodiless.mustWait(() => exchange.res.getRemoteAddress());
  }
}
