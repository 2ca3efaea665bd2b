import type { Context } from '../context';
import { EventStream } from './event-stream';
import { ItemReply, type ItemSource } from './item-reply';
import type { Reply, ReplyInit } from './replies';
import { findHome } from '../route-home';

/** How a stream of events behaves. */
export interface SseOptions {
  /** Seconds of silence after which a comment keeps proxies from closing the connection; default 15. */
  readonly keepAliveSeconds?: number;
  /** Milliseconds a client waits before it reconnects; default: the client's own, some seconds. */
  readonly retry?: number;
}

const MOST_SECONDS = 86_400;

/** What is wrong with the options of an event stream; undefined where all is well. */
export function findSseFault({ keepAliveSeconds, retry }: SseOptions): string | undefined {
  const isSilence =
    keepAliveSeconds === undefined || (keepAliveSeconds > 0 && keepAliveSeconds <= MOST_SECONDS);
  if (!isSilence) return `keepAliveSeconds must be more than 0 and at most ${MOST_SECONDS}.`;
  const isRetry = retry === undefined || (Number.isSafeInteger(retry) && retry >= 0);
  return isRetry ? undefined : 'retry must be a whole number of milliseconds.';
}

/**
 * A stream of server-sent events (HTML §9.2). Each item is the data of one event, text as it is and everything else as
 * JSON; `sseEvent` gives it an id or a name. It ends with its source, when the client goes, and when the application
 * closes; the client then reconnects, with what `lastEventId` reads.
 *
 * @throws RangeError on options that can not be
 * @example return sse(this.prices.follow(lastEventId(context)), { retry: 2000 });
 */
export function sse(source: ItemSource, { headers, status, ...options }: SseOptions & ReplyInit = {}): Reply {
  const fault = findSseFault(options);
  if (fault !== undefined) throw new RangeError(fault);
  const { keepAliveSeconds = 15, retry } = options;
  return new ItemReply(
    source,
    (items, context) => new EventStream(items, { keepAliveSeconds, retry }, findHome(context.route)?.closing),
    {
      contentType: 'text/event-stream',
      // The last is for nginx, which would hold events back.
      headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no', ...headers },
      status,
    },
  );
}

/** The id of the last event that a reconnecting client has seen; undefined on its first connection. */
export function lastEventId({ request }: Context): string | undefined {
  return request.header('last-event-id');
}
