import { formatJson } from './write-json';

/** The fields of an event besides its data. */
export interface SseEventInit {
  /** The id that the client sends as `Last-Event-ID` when it reconnects: ASCII without blanks at its ends. */
  readonly id?: string | number;
  /** The name for `addEventListener`; default `message`. It must not contain CR or LF. */
  readonly event?: string;
  /** Milliseconds that the client waits before it reconnects, from this event on. */
  readonly retry?: number;
}

const NONE: SseEventInit = Object.freeze({});

/**
 * One server-sent event (HTML §9.2).
 *
 * @throws TypeError when the id cannot be a header value, the name has a line break, or `retry` is not a whole number
 */
export class SseEvent {
  /** The checked fields, which never change. */
  readonly init: SseEventInit;

  constructor(
    /** Text is sent as it is, any other value as JSON. Undefined sends no event, but sets the id. */
    readonly data: unknown,
    init: SseEventInit = NONE,
  ) {
    this.init = init === NONE ? NONE : copyChecked(init);
  }
}

const LINE_BREAK = /\r\n|\r|\n/;
/** An id that comes back unchanged in a header: printable ASCII, without spaces at its ends. */
const ID = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/;

function copyChecked({ id, event, retry }: SseEventInit): SseEventInit {
  const copy = {
    ...(id !== undefined && { id: String(id) }),
    ...(event !== undefined && { event: String(event) }),
    ...(retry !== undefined && { retry }),
  };
  if (copy.id !== undefined && !ID.test(copy.id))
    throw new TypeError(
      'The id of an event must be visible ASCII, with spaces only between other characters.',
    );
  if (copy.event !== undefined && LINE_BREAK.test(copy.event))
    throw new TypeError('The name of an event must not contain CR or LF.');
  if (retry !== undefined && !(Number.isSafeInteger(retry) && retry >= 0))
    throw new TypeError('The retry of an event must be a whole number of milliseconds.');
  return Object.freeze(copy);
}

/**
 * Makes an event with an id, a name or a reconnection time, for `sse()` and `@Sse()`.
 *
 * @throws TypeError like `new SseEvent`
 * @example yield sseEvent({ price }, { id: tick.number, event: 'price' });
 */
export function sseEvent(data: unknown, init?: SseEventInit): SseEvent {
  return new SseEvent(data, init);
}

/** Formats an item as the lines of an event; anything but an SseEvent is the data of one. Pure. */
export function formatEvent(item: unknown, writeJson = formatJson): string {
  const { data, init } = item instanceof SseEvent ? item : { data: item, init: NONE };
  let lines = '';
  if (init.event !== undefined) lines += `event: ${init.event}\n`;
  if (init.id !== undefined) lines += `id: ${init.id}\n`;
  if (init.retry !== undefined) lines += `retry: ${init.retry}\n`;
  if (data !== undefined) {
    const text = typeof data === 'string' ? data : writeJson(data);
    for (const line of text.split(LINE_BREAK)) lines += `data: ${line}\n`;
  }
  return `${lines}\n`;
}
