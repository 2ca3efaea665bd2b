import {
  Controller,
  createApp,
  Ctx,
  Get,
  json,
  LastEventId,
  noContent,
  notFound,
  printPlan,
  SetHeader,
  Sse,
  sseEvent,
  Status,
  type App,
  type Context,
} from '../../../src';
import { makeLogger } from '../../make-logger';

@Controller('/notes')
@SetHeader('X-Class', 'class')
@SetHeader('X-Both', 'class')
class NotesController {
  @Get('/made')
  @Status(201)
  @SetHeader('Cache-Control', 'no-store')
  @SetHeader('X-Both', 'method')
  make() {
    return { id: 1 };
  }

  @Get('/nothing') @Status(202) doNothing() {}

  @Get('/own')
  @Status(201)
  @SetHeader('Cache-Control', 'no-store')
  own(@Ctx() { response }: Context) {
    response.headers.set('X-Both', 'handler');
    return json(1, { status: 203, headers: { 'Cache-Control': 'private' } });
  }

  @Get('/missing') @Status(201) @SetHeader('Cache-Control', 'public') fail() {
    throw notFound();
  }

  @Sse('/events', { retry: 500 })
  async *events(@LastEventId() last: string | undefined) {
    yield { from: last ?? 'the start' };
    yield sseEvent('two\nlines', { id: 2, event: 'text' });
  }

  @Sse('/refused') refuse() {
    return notFound();
  }

  @Sse('/closed') close() {
    return noContent();
  }

  @Sse('/none') none() {
    return 5;
  }
}

let app: App;
beforeAll(async () => {
  app = await createApp({
    controllers: [NotesController],
    development: false,
    logger: makeLogger(),
  });
});

const readHeads = async (path: string) => {
  const { status, headers } = await app.inject({ url: `/notes${path}` });
  return [status, headers['cache-control'], headers['x-class'], headers['x-both']];
};

it('a status and headers are set on the result of the handler, those of the method before those of the class', async () => {
  expect(await readHeads('/made')).toEqual([201, 'no-store', 'class', 'method']);
});

it('a status is also set if the handler returns nothing', async () => {
  expect(await readHeads('/nothing')).toEqual([202, undefined, 'class', 'class']);
});

it('the status and headers of a reply, or those that the handler sets, win', async () => {
  expect(await readHeads('/own')).toEqual([203, 'private', 'class', 'handler']);
});

it('an error has its own status, and loses the headers that describe a body', async () => {
  expect(await readHeads('/missing')).toEqual([404, undefined, 'class', 'class']);
});

it('the plan shows every such step', () => {
  expect(printPlan(app.plan)).toContain(
    'header(X-Class) > header(X-Both) > header(Cache-Control) > make'.replace(
      'header(X-Class)',
      'status(201) > header(X-Class)',
    ),
  );
  expect(printPlan(app.plan)).toContain('events > events');
});

it('@Sse sends the values of a generator as events', async () => {
  const { headers, text } = await app
    .inject({ url: '/notes/events', headers: { 'last-event-id': '7' } })
    .then((response) => ({
      headers: response.headers,
      text: response.text(),
    }));
  expect(headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  expect(text).toBe('retry: 500\n\ndata: {"from":"7"}\n\nevent: text\nid: 2\ndata: two\ndata: lines\n\n');
});

it('@Sse sends replies and errors as they are', async () => {
  expect((await app.inject({ url: '/notes/refused' })).status).toBe(404);
  expect((await app.inject({ url: '/notes/closed' })).status).toBe(204);
});

it('@Sse answers 500 if the result cannot be streamed', async () => {
  expect((await app.inject({ url: '/notes/none' })).status).toBe(500);
});
