import type { HttpResponse } from 'uWebSockets.js';

/** The first pause in milliseconds. Each next one is twice as long while the client goes on sending. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60_000;

/**
 * Pauses the client of an upload. The engine does not notice that a client has gone while its connection is paused, so
 * the connection is read again from time to time. Use it only while the response is alive.
 */
export class Brake {
  private pause = FIRST_PAUSE;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly res: HttpResponse) {}

  /** Pauses the client. If bytes arrive in spite of it, because a pause has ended, call it again. */
  hold(): void {
    if (this.timer !== undefined) return;
    this.res.pause();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
      this.res.resume();
    }, this.pause);
  }

  /** Lets the client send. */
  release(): void {
    this.pause = FIRST_PAUSE;
    if (this.timer === undefined) return;
    this.forget();
    this.res.resume();
  }

  /** The response is not alive any more. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
