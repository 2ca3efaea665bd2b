import type { Closing } from '../closing';
import type { ItemReader } from './item-reply';
import { formatEvent } from './sse-event';

const COMMENT = ':\n\n';
const DONE = { done: true, value: undefined } as const;

/** When an event stream says something of its own. */
export interface EventStreamOptions {
  /** Seconds of silence after which a comment is sent. */
  readonly keepAliveSeconds: number;
  /** Milliseconds a client waits before it reconnects; undefined: the client decides. */
  readonly retry: number | undefined;
}

/**
 * Items as the text of server-sent events. Begins at once, so that the client sees the head; breaks a silence with
 * a comment; ends when the source does, the client has gone or the application closes.
 */
export class EventStream implements AsyncIterableIterator<string> {
  private hasBegun = false;
  private isOver = false;
  private isPulling = false;
  /** Gives, or throws, what came of the item that was pulled; undefined where none is there. */
  private pulled: (() => IteratorResult<unknown>) | undefined;
  private wake: (() => void) | undefined;
  private readonly stopListening: () => void;

  constructor(
    private readonly items: ItemReader,
    private readonly options: EventStreamOptions,
    closing: Closing | undefined,
  ) {
    this.stopListening = closing?.listen(() => void this.return()) ?? (() => undefined);
  }

  async next(): Promise<IteratorResult<string>> {
    if (this.isOver) return DONE;
    if (!this.hasBegun) {
      this.hasBegun = true;
      const { retry } = this.options;
      return { done: false, value: retry === undefined ? COMMENT : `retry: ${retry}\n\n` };
    }
    if (!this.isPulling && this.pulled === undefined) this.pull();
    if (this.pulled === undefined) await this.waitInSilence();
    if (this.isOver) return DONE;
    const take = this.pulled as (() => IteratorResult<unknown>) | undefined;
    this.pulled = undefined;
    const item = take?.();
    if (item === undefined) return { done: false, value: COMMENT };
    if (item.done !== true) return { done: false, value: formatEvent(item.value) };
    return this.return();
  }

  async return(): Promise<IteratorResult<string>> {
    if (this.isOver) return DONE;
    this.isOver = true;
    this.stopListening();
    this.wake?.();
    // Not waited for: a generator stops only when what it awaits is there, and that can be long.
    void this.items.return();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** One pull is listened to once, however many silences it lasts: listeners would pile up on its promise. */
  private pull(): void {
    const keep = (take: () => IteratorResult<unknown>): void => {
      this.isPulling = false;
      this.pulled = take;
      this.wake?.();
    };
    this.isPulling = true;
    this.items.next().then(
      (item) => keep(() => item),
      (error: unknown) =>
        keep(() => {
          throw error;
        }),
    );
  }

  /** Until an item is there, the stream is over, or it has been still for long enough. */
  private waitInSilence(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.options.keepAliveSeconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
