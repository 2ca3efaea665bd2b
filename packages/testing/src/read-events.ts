import { readLines } from './read-lines';

/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** `message` if the server names none. */
  readonly event: string;
  /** The data lines, joined with line feeds. */
  readonly data: string;
  /** The last id that the server has sent, with this event or before it; empty if it has sent none. */
  readonly id: string;
  /** Milliseconds to wait before the client reconnects, if this event sets them. */
  readonly retry?: number;
}

/**
 * The events of a stream, as a browser's EventSource dispatches them (HTML §9.2.6): without comments, events without
 * data, and a last event that no empty line ends.
 */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent, void> {
  let id = '';
  let event = '';
  let data: string[] = [];
  let retry: number | undefined;
  for await (const line of readLines(chunks)) {
    if (line === '') {
      if (data.length > 0)
        yield { event: event || 'message', data: data.join('\n'), id, ...(retry !== undefined && { retry }) };
      [event, data, retry] = ['', [], undefined];
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?::\x20?(.*))?$/s.exec(line)!;
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }
}
