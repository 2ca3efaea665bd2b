import crypto from 'node:crypto';
import { BlockList } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import * as cookies from 'cookie';
import {
  Body,
  Controller,
  created,
  createApp,
  Ctx,
  Get,
  HttpError,
  notFound,
  Param,
  Post,
  Query,
  type Context,
  type Next,
} from '@sluice/core';
import { gzip } from '@sluice/compression';
import { cors } from '@sluice/cors';
import { httpsRedirect } from '@sluice/https-redirect';
import { metrics } from '@sluice/metrics';
import { readSession, session } from '@sluice/session';
import { trustedHost } from '@sluice/trusted-host';
import { writeHeadsInOneCall } from '../../packages/core/src/engine/uws/head/write-head';
import * as wholeQuery from '../../packages/core/src/http/query/parse-pairs';
import { PathTable } from '../../packages/core/src/routing/path-table';
import { countErrors } from '../sync-path/count-errors';
import { countWork } from '../sync-path/count-work';

let visits = 0;

@Controller()
class HelloController {
  @Get('/')
  hello() {
    return { hello: 'world' };
  }

  @Get('/session')
  withSession(@Ctx() context: Context) {
    const { user } = readSession(context) as { user?: string };
    return { hello: user };
  }

  @Get('/visit')
  visit(@Ctx() context: Context) {
    const session = readSession(context) as { visits?: number };
    session.visits = visits += 1;
    return { visits };
  }

  @Get('/users/:id')
  show(@Param('id') id: number, @Query('x') x: string) {
    return { id, x };
  }

  @Get('/later')
  async helloLater() {
    return await Promise.resolve({ hello: 'world' });
  }

  @Get('/much-later')
  async helloMuchLater(@Ctx() { request }: Context) {
    await setImmediate();
    return { hello: request.header('host') };
  }

  @Get('/background')
  helloFirst(@Ctx() context: Context) {
    context.background(() => context.request.address);
    return { hello: 'world' };
  }

  @Get('/missing')
  miss() {
    throw notFound('The note does not exist.');
  }

  @Get('/broken')
  fail() {
    throw new HttpError(503);
  }

  @Post('/echo')
  echo(@Body({ validate: false }) body: unknown) {
    return created(body);
  }
}

const controllers = [HelloController];
const middleware = [
  trustedHost({ allowedHosts: ['127.0.0.1'] }),
  cors({ allowOrigins: ['https://app.example'] }),
  gzip({ minimumSize: 500 }),
  session({ secretKey: 'a secret of this test, long enough for everybody' }),
];
const HOST = { host: '127.0.0.1' };

async function logIn(): Promise<string> {
  const handler = (context: Context) => void Object.assign(readSession(context), { user: 'ada' });
  const app = await createApp({ routes: [{ method: 'GET', path: '/in', handler }], middleware });
  const response = await app.inject({ url: '/in', headers: HOST });
  return response.headerLines('set-cookie')[0]!.split(';', 1)[0]!;
}

describe('a route in which nothing waits', () => {
  it('without middleware looks for a body in two headers, checks the host, writes a header and a body, and does nothing else', async () => {
    const { calls, promises, errors } = await countWork({ controllers }, { route: '/', headers: HOST });
    expect(calls).toEqual({ getHeader: 3, writeHeader: 1, end: 1 });
    expect([promises, errors]).toEqual([0, 0]);
  });

  it('hands a head over in one call where the engine was seen to take it', async () => {
    writeHeadsInOneCall(true);
    const { calls } = await countWork({ controllers, middleware }, { route: '/', headers: HOST });
    writeHeadsInOneCall(false);
    expect(calls).toMatchObject({ writeStatus: 1, end: 1 });
    expect(calls).not.toHaveProperty('writeHeader');
  });

  it('finds one value of a query without taking the query apart', async () => {
    const parseWhole = jest.spyOn(wholeQuery, 'parsePairs');
    const asked = { route: '/users/:id', parameters: ['42'], query: 'y=2&x=1', headers: HOST };
    const { calls, promises, errors, answer } = await countWork({ controllers }, asked);
    expect(answer).toBe('{"id":42,"x":"1"}');
    expect(calls).toEqual({ getHeader: 3, getParameter: 1, getQuery: 1, writeHeader: 1, end: 1 });
    expect([promises, errors, parseWhole.mock.calls.length]).toEqual([0, 0, 0]);
    await countWork({ controllers }, { ...asked, query: 'x=a+b' });
    expect(parseWhole).toHaveBeenCalled();
    parseWhole.mockRestore();
  });

  it('parses a small body where it comes: one walk over the headers, no promise, no error', async () => {
    const body = '{"text":"milk"}';
    const headers = { ...HOST, 'content-type': 'application/json', 'content-length': `${body.length}` };
    const asked = { method: 'POST', route: '/echo', headers, body } as const;
    const { calls, promises, errors, answer } = await countWork({ controllers }, asked);
    expect(answer).toBe(body);
    expect(calls).toMatchObject({ forEach: 1, onData: 1, onAborted: 1, end: 1 });
    for (const name of ['getHeader', 'getRemoteAddress', 'cork']) expect(calls).not.toHaveProperty(name);
    expect([promises, errors]).toEqual([0, 0]);
  });

  it('with four middleware and a session that is read reads two headers more, and walks them once for a second Origin', async () => {
    const headers = {
      ...HOST,
      origin: 'https://app.example',
      'accept-encoding': 'gzip',
      cookie: await logIn(),
    };
    const asked = { route: '/session', headers };
    const { calls, promises, errors } = await countWork({ controllers, middleware }, asked);
    expect([promises, errors]).toEqual([0, 0]);
    expect(calls).toMatchObject({ getHeader: 5, forEach: 1, end: 1 });
    for (const name of ['onAborted', 'getRemoteAddress', 'getUrl', 'getQuery', 'cork'])
      expect(calls).not.toHaveProperty(name);
  });

  it('does not pay for a session that is not read', async () => {
    const headers = { ...HOST, cookie: await logIn() };
    const { calls } = await countWork({ controllers, middleware }, { route: '/', headers });
    expect(calls).not.toHaveProperty('forEach');
  });
});

describe('a middleware that does more', () => {
  it('metrics counts a request without a call of the engine, a promise or a text', async () => {
    const meters = metrics({ process: false });
    const asked = { route: '/', headers: HOST };
    const work = await countWork({ controllers, middleware: [meters] }, asked);
    const { calls, texts } = await countWork({ controllers }, asked);
    expect(work).toMatchObject({ promises: 0, errors: 0, texts });
    expect(work.calls).toEqual(calls);
    expect(await meters.read()).toContain('http_route="/",http_response_status_code="200"');
  });

  it('httpsRedirect behind a proxy walks the headers once, and asks about the address of the proxy once for all', async () => {
    const check = jest.spyOn(BlockList.prototype, 'check');
    const headers = { ...HOST, 'x-forwarded-proto': 'https' };
    const app = { controllers, middleware: [httpsRedirect({ trustProxy: ['127.0.0.1'] })] };
    const work = await countWork(app, { route: '/', headers, address: [127, 0, 0, 1] });
    expect(work).toMatchObject({ promises: 0, errors: 0, texts: 1, answer: '{"hello":"world"}' });
    expect(work.calls).toEqual({ getHeader: 3, forEach: 1, getRemoteAddress: 1, writeHeader: 2, end: 1 });
    expect(check).toHaveBeenCalledTimes(1);
    check.mockRestore();
  });

  it('a session that changes is written once, in a cookie whose attributes are not written again', async () => {
    const [mac, attributes] = [jest.spyOn(crypto, 'createHmac'), jest.spyOn(cookies, 'stringifySetCookie')];
    const headers = { ...HOST, cookie: await logIn() };
    mac.mockClear();
    attributes.mockClear();
    const work = await countWork({ controllers, middleware }, { route: '/visit', headers });
    expect(work).toMatchObject({ promises: 0, errors: 0, texts: 2 });
    expect(mac).not.toHaveBeenCalled();
    expect(attributes.mock.calls.length).toBeLessThanOrEqual(1);
    mac.mockRestore();
    attributes.mockRestore();
  });
});

describe('a route that waits', () => {
  const ANSWER = '{"hello":"world"}';

  it('only for promises that are ready answers inside of the callback of the engine: it copies nothing, and corks nothing', async () => {
    const { calls, answer } = await countWork({ controllers }, { route: '/later', headers: HOST });
    expect(answer).toBe(ANSWER);
    expect(calls).toEqual({ getHeader: 3, onAborted: 1, writeHeader: 1, end: 1 });
  });

  it('inside of async middleware does the same', async () => {
    const passOn = async (_: Context, next: Next): Promise<void> => {
      await next();
    };
    const asked = { route: '/later', headers: HOST };
    const { calls, answer } = await countWork({ controllers, middleware: [passOn] }, asked);
    expect(answer).toBe(ANSWER);
    expect(calls).toEqual({ getHeader: 3, onAborted: 1, writeHeader: 1, end: 1 });
  });

  it('for the next turn of the event loop keeps its request once, and corks once', async () => {
    const { calls, answer } = await countWork({ controllers }, { route: '/much-later', headers: HOST });
    expect(answer).toBe('{"hello":"127.0.0.1"}');
    expect(calls).toMatchObject({ forEach: 1, getUrl: 1, getQuery: 1, onAborted: 1, cork: 1, end: 1 });
  });

  it('with a background task keeps its request and its address, which the task may read', async () => {
    const { calls, answer } = await countWork({ controllers }, { route: '/background', headers: HOST });
    expect(answer).toBe(ANSWER);
    expect(calls).toMatchObject({ forEach: 1, getRemoteAddress: 1, end: 1 });
    expect(calls).not.toHaveProperty('cork');
  });
});

describe('an expected error', () => {
  const { capturesStack } = HttpError;

  beforeAll(() => {
    HttpError.capturesStack = false;
  });
  afterAll(() => {
    HttpError.capturesStack = capturesStack;
  });

  it('is one error without frames, whose text is written once for all requests', async () => {
    const work = await countWork({ controllers }, { route: '/missing', headers: HOST });
    expect(work).toMatchObject({ promises: 0, errors: 1, traced: 0, texts: 0 });
    // A page is for those that ask for one in Accept.
    expect(work.calls).toEqual({ getHeader: 4, writeStatus: 1, writeHeader: 1, end: 1 });
    expect(JSON.parse(String(work.answer))).toMatchObject({
      status: 404,
      detail: 'The note does not exist.',
      instance: expect.stringMatching(/^urn:uuid:/) as string,
    });
  });

  it('has frames if it is a failure of the program', async () => {
    const logger = { error() {}, warn() {}, info() {}, debug() {} };
    const work = await countWork({ controllers, logger }, { route: '/broken', headers: HOST });
    expect(work).toMatchObject({ errors: 1, traced: 1 });
  });

  it('about a path that no route has walks no header lines, and searches the routes once', async () => {
    const search = jest.spyOn(PathTable.prototype, 'pick');
    const work = await countWork({ controllers }, { route: '/nowhere/at-all', headers: HOST });
    expect(work).toMatchObject({ promises: 0, errors: 1, traced: 0, texts: 0 });
    expect(work.calls).toEqual({
      getHeader: 4,
      getMethod: 1,
      getUrl: 1,
      writeStatus: 1,
      writeHeader: 1,
      end: 1,
    });
    expect(search).not.toHaveBeenCalled();
    search.mockRestore();
  });
});

describe('the count of errors', () => {
  it('sees those of a refusal, thrown or not', async () => {
    const headers = { ...HOST, 'content-type': 'application/json', 'content-length': '1' };
    const asked = { method: 'POST', route: '/echo', headers, body: '{' } as const;
    expect((await countWork({ controllers }, asked)).errors).toBeGreaterThan(0);
    expect(countErrors(() => void new TypeError('unused'))).toEqual({ errors: 1, traced: 1 });
    expect(countErrors(() => undefined)).toEqual({ errors: 0, traced: 0 });
  });
});
