import { checkOptions } from '../../configuration/check-options';
import { lastEventId, type SseOptions } from '../../http/reply/sse';
import { metadata } from '../metadata';
import { checkCalled } from '../misplaced-decorator';
import { createParameterDecorator } from './create-parameter-decorator';

/**
 * Sets the status of the route's replies, from 200 to 599; default 200. A status that a reply carries itself wins.
 *
 * @example @Post() @Status(202) enqueue(@Body() job: Job) { … }
 */
export function Status(status: number): MethodDecorator {
  return (prototype, property) => metadata.status.write(status, prototype, property);
}

/**
 * Sets a header of the replies of a route, or of all routes of a class. It is checked at start-up. A header that the
 * handler or its reply sets wins.
 *
 * @example @Get() @SetHeader('Cache-Control', 'no-store') list() { … }
 */
export function SetHeader(name: string, value: string | number): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    metadata.replyHeaders.prepend([{ name, value }], target, property);
}

/**
 * Answers GET on the path, by default `/`, with server-sent events. Each item of the handler's generator, or of any
 * AsyncIterable, is sent as `sse()` sends it. A handler that returns `noContent()` stops the client from reconnecting.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, DECORATOR_MISPLACED
 * @example @Sse('/clock') async *clock() { yield new Date().toISOString(); }
 */
export function Sse(...given: [path?: string, options?: SseOptions]): MethodDecorator {
  checkCalled('Sse', given);
  const [path = '/', options = {}] = given;
  // The values are checked at start-up, with the name of the route.
  const unchecked = (): undefined => undefined;
  checkOptions('@Sse', options, { headAfterMs: unchecked, keepAliveSeconds: unchecked, retry: unchecked });
  return (prototype, property) => {
    metadata.routes.prepend([{ method: 'GET', path }], prototype, property);
    metadata.sse.write(options, prototype, property);
  };
}

/**
 * Reads the id of the last event that a reconnecting client has received; undefined on its first connection.
 *
 * @example @Sse('/news') news(@LastEventId() last?: string) { return this.news.since(last); }
 */
export const LastEventId = createParameterDecorator('LastEventId', lastEventId, {
  describes: {
    requestHeaders: {
      'Last-Event-ID': { description: 'The id of the last event that the client has received.' },
    },
  },
});
