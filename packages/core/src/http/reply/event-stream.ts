import type { ItemReader } from './item-reply';
import { formatEvent } from './sse-event';
import type { WriteJson } from './write-json';

const COMMENT = ':\n\n';
const DONE = { done: true, value: undefined } as const;

/** The lines that an event stream adds to its events. */
export interface EventStreamOptions {
  /** Milliseconds after which a comment is sent, and the head with it, although there is no event yet. */
  readonly headAfterMs: number;
  /** Seconds without an event after which a comment is sent. */
  readonly keepAliveSeconds: number;
  /** Milliseconds that a client waits before it reconnects; undefined: the client decides. */
  readonly retry: number | undefined;
}

/**
 * Turns items into the text of server-sent events. Its first chunk is the first event, or a comment if that takes long,
 * so that the client receives the head. Comments keep a silent connection open.
 */
export class EventStream implements AsyncIterableIterator<string> {
  private hasBegun = false;
  private isOver = false;
  private isPulling = false;
  /** Returns the item that was pulled, or throws its error; undefined until there is one. */
  private pulled: (() => IteratorResult<unknown>) | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly items: ItemReader,
    private readonly options: EventStreamOptions,
    private readonly writeJson?: WriteJson,
  ) {}

  async next(): Promise<IteratorResult<string>> {
    if (this.isOver) return DONE;
    if (!this.isPulling && this.pulled === undefined) this.pull();
    if (this.pulled === undefined) await this.waitInSilence();
    if (this.isOver) return DONE;
    const take = this.pulled as (() => IteratorResult<unknown>) | undefined;
    this.pulled = undefined;
    const item = take?.();
    const opening = this.takeOpening();
    if (item === undefined) return { done: false, value: opening || COMMENT };
    if (item.done !== true) return { done: false, value: opening + formatEvent(item.value, this.writeJson) };
    this.isOver = true;
    return opening === '' ? DONE : { done: false, value: opening };
  }

  /** Ends a wait, and stops the source. Resolves when that has ended. */
  async return(): Promise<IteratorResult<string>> {
    if (this.isOver) return DONE;
    this.isOver = true;
    this.wake?.();
    return this.items.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The line that comes before all events. */
  private takeOpening(): string {
    const { retry } = this.options;
    if (this.hasBegun) return '';
    this.hasBegun = true;
    return retry === undefined ? '' : `retry: ${retry}\n\n`;
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

  /** Waits for an item or the end of the stream, for the first item at most `headAfterMs`, for others `keepAliveSeconds`. */
  private waitInSilence(): Promise<void> {
    const { headAfterMs, keepAliveSeconds } = this.options;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.hasBegun ? keepAliveSeconds * 1000 : headAfterMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
