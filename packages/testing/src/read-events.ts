import { readLines } from './read-lines';

/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** `message` where the server names none. */
  readonly event: string;
  /** Its lines, joined with line feeds. */
  readonly data: string;
  /** The last id the server has given, with this event or before it; empty where it has given none. */
  readonly id: string;
  /** Milliseconds to wait before connecting again, where this event says so. */
  readonly retry?: number;
}

/**
 * The events of a stream as a browser's EventSource would tell them (HTML §9.2.6): comments are skipped, an event
 * without data is none, and one that is not ended by an empty line is lost.
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
