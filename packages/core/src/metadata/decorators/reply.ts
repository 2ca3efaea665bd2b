import { checkOptions } from '../../configuration/check-options';
import { lastEventId, type SseOptions } from '../../http/reply/sse';
import { checkCalled } from '../check-called';
import { createParameterDecorator } from './create-parameter-decorator';
import { prependRecords, writeRecord } from '../write-record';

/** The status of the route's replies, 200 to 599; one that a reply carries itself wins. */
export function Status(status: number): MethodDecorator {
  return (prototype, property) => writeRecord('status', status, prototype, property);
}

/**
 * A header of the replies of a route, or of all routes of a class; checked at start-up. One that a reply carries itself,
 * or that the handler sets, wins.
 *
 * @example @Get() @SetHeader('Cache-Control', 'no-store') list() { … }
 */
export function SetHeader(name: string, value: string | number): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    prependRecords('reply-headers', [{ name, value }], target, property);
}

/**
 * Answers GET on the path with server-sent events: what the handler's generator (or any AsyncIterable) gives is sent as
 * `sse()` sends it. `noContent()` tells a client to reconnect no more.
 *
 * @throws ConfigurationError OPTION_UNKNOWN
 * @example @Sse('/clock') async *clock() { yield new Date().toISOString(); }
 */
export function Sse(...given: [path?: string, options?: SseOptions]): MethodDecorator {
  checkCalled('Sse', given);
  const [path = '/', options = {}] = given;
  // Their values are checked at start-up, with the route's name.
  checkOptions('@Sse', options, { keepAliveSeconds: () => undefined, retry: () => undefined });
  return (prototype, property) => {
    prependRecords('routes', [{ method: 'GET', path }], prototype, property);
    writeRecord('sse', options, prototype, property);
  };
}

/** The id of the last event that a reconnecting client has seen; undefined on its first connection. */
export const LastEventId = createParameterDecorator('LastEventId', lastEventId);
