import type { Upload } from './upload';

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

  constructor(private readonly upload: Pick<Upload, 'pause' | 'resume'>) {}

  /** Pauses the client. If bytes arrive in spite of it, because a pause has ended, call it again. */
  hold(): void {
    if (this.timer !== undefined) return;
    this.upload.pause();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
      this.upload.resume();
    }, this.pause);
  }

  /** Lets the client send. */
  release(): void {
    this.pause = FIRST_PAUSE;
    if (this.timer === undefined) return;
    this.forget();
    this.upload.resume();
  }

  /** The response is not alive any more. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
