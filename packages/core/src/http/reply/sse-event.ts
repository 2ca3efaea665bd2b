import { formatJson } from './replies';

/** The fields of an event besides its data. */
export interface SseEventInit {
  /** The id that the client sends as `Last-Event-ID` when it reconnects. It must not contain CR, LF or NUL. */
  readonly id?: string | number;
  /** The name for `addEventListener`; default `message`. It must not contain CR or LF. */
  readonly event?: string;
  /** Milliseconds that the client waits before it reconnects, from this event on. */
  readonly retry?: number;
}

/** One server-sent event (HTML §9.2). `sseEvent` makes it. */
export class SseEvent {
  constructor(
    /** Text is sent as it is, any other value as JSON. Undefined sends no event, but sets the id. */
    readonly data: unknown,
    readonly init: SseEventInit,
  ) {}
}

const LINE_BREAK = /\r\n|\r|\n/;

/**
 * Makes an event with an id, a name or a reconnection time, for `sse()` and `@Sse()`.
 *
 * @throws TypeError when the id or the name has a line break, or `retry` is not a whole number of milliseconds
 * @example yield sseEvent({ price }, { id: tick.number, event: 'price' });
 */
export function sseEvent(data: unknown, init: SseEventInit = {}): SseEvent {
  const { id, event, retry } = init;
  if (id !== undefined && /[\r\n\0]/.test(String(id)))
    throw new TypeError('The id of an event must not contain CR, LF or NUL.');
  if (event !== undefined && LINE_BREAK.test(event))
    throw new TypeError('The name of an event must not contain CR or LF.');
  if (retry !== undefined && !(Number.isSafeInteger(retry) && retry >= 0))
    throw new TypeError('The retry of an event must be a whole number of milliseconds.');
  return new SseEvent(data, init);
}

/** Formats an item as the lines of an event; anything but an SseEvent is the data of one. Pure. */
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
