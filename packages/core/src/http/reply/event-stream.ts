import type { Closing } from '../closing';
import type { ItemReader } from './item-reply';
import { formatEvent } from './sse-event';

const COMMENT = ':\n\n';
const DONE = { done: true, value: undefined } as const;

/** The lines that an event stream adds to its events. */
export interface EventStreamOptions {
  /** Seconds without an event after which a comment is sent. */
  readonly keepAliveSeconds: number;
  /** Milliseconds that a client waits before it reconnects; undefined: the client decides. */
  readonly retry: number | undefined;
}

/**
 * Turns items into the text of server-sent events. Its first chunk comes at once, so that the client receives the
 * head. Comments keep a silent connection open. It ends with its source, the connection or the application.
 */
export class EventStream implements AsyncIterableIterator<string> {
  private hasBegun = false;
  private isOver = false;
  private isPulling = false;
  /** Returns the item that was pulled, or throws its error; undefined until there is one. */
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
    // Not awaited: a generator stops only when its own `await` is over, which can take long.
    void this.items.return();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Attaches one listener per pull: one per comment would pile up on the promise of a slow item. */
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

  /** Waits for an item, for the end of the stream, or for `keepAliveSeconds`. */
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
