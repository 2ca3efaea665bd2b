import { Controller, Get, Post, SetHeader, Sse, Status } from '../../src';
import { start, type Mistake } from './mistake';

@Controller('/statuses')
class StatusesController {
  @Get() @Status(99) show() {}
}

@Controller('/headers')
class HeadersController {
  @Get() @SetHeader('X-Note', 'two\nlines') show() {}
}

@Controller('/posted')
class PostedController {
  @Post('/events') @Sse('/events') events() {}
}

@Controller('/silent')
class SilentController {
  @Sse('/', { keepAliveSeconds: 0 }) events() {}
}

export const REPLY_MISTAKES: readonly Mistake[] = [
  {
    code: 'STATUS_INVALID',
    when: 'a status is no status of a response',
    make: () => start({ controllers: [StatusesController] }),
    place: 'StatusesController.show',
    fault: '@Status(99) is no status that a response can have.',
    cure: 'Write a whole number from 200 to 599.',
  },
  {
    code: 'HEADER_INVALID',
    when: 'a header can not be sent',
    make: () => start({ controllers: [HeadersController] }),
    place: 'HeadersController.show',
    fault:
      '@SetHeader can not be sent. The value of header X-Note has U+000a at position 3: only visible ASCII, space and tab may be sent. Encode it first (RFC 8187, or encodeURIComponent).',
    cure: 'Write a name of letters, digits and -, and a value of visible ASCII.',
  },
  {
    code: 'SSE_INVALID',
    when: 'an event stream is to answer POST',
    make: () => start({ controllers: [PostedController] }),
    place: 'PostedController.events',
    fault: 'An EventSource only sends GET, and the route answers POST.',
    cure: "Write @Sse('/path') alone: it makes the GET route itself.",
  },
  {
    code: 'SSE_INVALID',
    when: 'an event stream has options that can not be',
    make: () => start({ controllers: [SilentController] }),
    place: 'SilentController.events',
    fault: 'keepAliveSeconds must be more than 0 and at most 86400.',
    cure: 'Write @Sse(path, { keepAliveSeconds: 15, retry: 3000 }).',
  },
];
