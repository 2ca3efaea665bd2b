import type { Context } from '../context';
import { EventStream } from './event-stream';
import { ItemReply, type ItemSource } from './item-reply';
import type { Reply, ReplyInit } from './replies';

/** Options of a stream of server-sent events. */
export interface SseOptions {
  /**
   * Milliseconds that the head waits for the first event; default 100. An error before that is answered like any other.
   * Then the head is sent with a comment.
   */
  readonly headAfterMs?: number;
  /** Seconds without an event after which a comment is sent, so that proxies keep the connection open; default 15. */
  readonly keepAliveSeconds?: number;
  /** Milliseconds that a client waits before it reconnects; default: the client decides, usually some seconds. */
  readonly retry?: number;
}

const MOST_SECONDS = 86_400;
const MOST_HEAD_MS = 60_000;

/** Finds the fault in the options of an event stream; undefined when there is none. */
export function findSseFault({ headAfterMs, keepAliveSeconds, retry }: SseOptions): string | undefined {
  const isHead = headAfterMs === undefined || (headAfterMs >= 0 && headAfterMs <= MOST_HEAD_MS);
  if (!isHead) return `headAfterMs must be from 0 to ${MOST_HEAD_MS}.`;
  const isSilence =
    keepAliveSeconds === undefined || (keepAliveSeconds > 0 && keepAliveSeconds <= MOST_SECONDS);
  if (!isSilence) return `keepAliveSeconds must be more than 0 and at most ${MOST_SECONDS}.`;
  const isRetry = retry === undefined || (Number.isSafeInteger(retry) && retry >= 0);
  return isRetry ? undefined : 'retry must be a whole number of milliseconds.';
}

/**
 * A stream of server-sent events (HTML §9.2). Each item is the data of one event: text as it is, any other value as
 * JSON. `sseEvent` adds an id or a name. The stream ends with its source, the connection or the application. A client
 * that reconnects sends the id of its last event, which `lastEventId` reads.
 *
 * @throws RangeError when an option is out of range
 * @example return sse(this.prices.follow(lastEventId(context)), { retry: 2000 });
 */
export function sse(source: ItemSource, { headers, status, ...options }: SseOptions & ReplyInit = {}): Reply {
  const fault = findSseFault(options);
  if (fault !== undefined) throw new RangeError(fault);
  const { headAfterMs = 100, keepAliveSeconds = 15, retry } = options;
  return new ItemReply(
    source,
    (items, writeJson) => new EventStream(items, { headAfterMs, keepAliveSeconds, retry }, writeJson),
    {
      contentType: 'text/event-stream',
      // X-Accel-Buffering is for nginx, which would hold events back.
      headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no', ...headers },
      status,
    },
  );
}

/** The id of the last event that a reconnecting client received; undefined on its first connection. */
export function lastEventId({ request }: Context): string | undefined {
  return request.header('last-event-id');
}
