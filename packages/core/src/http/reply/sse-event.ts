import { formatJson } from './replies';

/** What an event can carry besides its data. */
export interface SseEventInit {
  /** Sent back as `Last-Event-ID` when the client reconnects. No CR, LF or NUL. */
  readonly id?: string | number;
  /** What `addEventListener` listens to; default `message`. No CR or LF. */
  readonly event?: string;
  /** Milliseconds the client waits before it reconnects, from now on. */
  readonly retry?: number;
}

/** An event of a stream of server-sent events (HTML §9.2). Made with `sseEvent`. */
export class SseEvent {
  constructor(
    /** Text is sent as it is, everything else as JSON; undefined sends no event, but sets the id. */
    readonly data: unknown,
    readonly init: SseEventInit,
  ) {}
}

const LINE_BREAK = /\r\n|\r|\n/;

/**
 * One event for `sse()` and `@Sse()`, where data alone is not enough.
 *
 * @throws TypeError when id or event could not be sent, or retry is no whole number of milliseconds
 * @example yield sseEvent({ price }, { id: tick.number, event: 'price' });
 */
export function sseEvent(data: unknown, init: SseEventInit = {}): SseEvent {
  const { id, event, retry } = init;
  if (id !== undefined && /[\r\n\0]/.test(String(id)))
    throw new TypeError('The id of an event can hold no CR, LF or NUL.');
  if (event !== undefined && LINE_BREAK.test(event))
    throw new TypeError('The name of an event can hold no CR or LF.');
  if (retry !== undefined && !(Number.isSafeInteger(retry) && retry >= 0))
    throw new TypeError('The retry of an event is a whole number of milliseconds.');
  return new SseEvent(data, init);
}

/** An item as the lines of an event: an SseEvent as it says, anything else as the data of one. Pure. */
export function formatEvent(item: unknown): string {
  const { data, init } = item instanceof SseEvent ? item : new SseEvent(item, {});
  let lines = '';
  if (init.event !== undefined) lines += `event: ${init.event}\n`;
  if (init.id !== undefined) lines += `id: ${init.id}\n`;
  if (init.retry !== undefined) lines += `retry: ${init.retry}\n`;
  if (data !== undefined) {
    const text = typeof data === 'string' ? data : formatJson(data);
    for (const line of text.split(LINE_BREAK)) lines += `data: ${line}\n`;
  }
  return `${lines}\n`;
}
