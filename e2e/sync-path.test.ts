import { createHook } from 'node:async_hooks';
import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import { Controller, createApp, Ctx, Get, type AppOptions, type Context } from '@sluice/core';
import { gzip } from '@sluice/compression';
import { cors } from '@sluice/cors';
import { readSession, session } from '@sluice/session';
import { trustedHost } from '@sluice/trusted-host';
import { Responder } from '../packages/core/src/engine/uws/responder';
import { writeHeadsInOneCall } from '../packages/core/src/engine/uws/write-head';
import type { EngineTable } from '../packages/core/src/engine/engine';

/** What a request made the engine and JavaScript do. */
interface Work {
  readonly calls: Readonly<Record<string, number>>;
  readonly promises: number;
}

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
}

const middleware = [
  trustedHost({ allowedHosts: ['127.0.0.1'] }),
  cors({ allowOrigins: ['https://app.example'] }),
  gzip({ minimumSize: 500 }),
  session({ secretKey: 'a secret of this test, long enough for everybody' }),
];

/** Answers one request on counting stand-ins for the native objects: what is counted here is what costs. */
async function count(
  options: AppOptions,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Work> {
  const app = await createApp({ development: false, ...options });
  const { table } = (app as unknown as { compile(): { table: EngineTable } }).compile();
  const route = table.routes.find(({ method, info }) => method === 'GET' && info.path === path)!;
  const responder = new Responder(table);
  const calls: Record<string, number> = {};
  const note = (name: string): void => void (calls[name] = (calls[name] ?? 0) + 1);
  const req = {
    getHeader: (name: string) => (note('getHeader'), headers[name] ?? ''),
    forEach(visit: (name: string, value: string) => void) {
      note('forEach');
      for (const [name, value] of Object.entries(headers)) visit(name, value);
    },
    getCaseSensitiveMethod: () => (note('getMethod'), 'GET'),
    getUrl: () => (note('getUrl'), path),
    getQuery: () => (note('getQuery'), ''),
    getParameter: () => (note('getParameter'), undefined),
  };
  const makeNoted = (name: string) => () => (note(name), res);
  const names = [
    'writeStatus',
    'writeHeader',
    'end',
    'endWithoutBody',
    'onAborted',
    'onData',
    'cork',
    'close',
  ];
  const res: object = Object.fromEntries(
    [...names, 'getRemoteAddress'].map((name) => [name, makeNoted(name)]),
  );
  const answer = (): void =>
    responder.answer(route, 'GET', res as HttpResponse, req as unknown as HttpRequest);
  answer();
  for (const name of Object.keys(calls)) delete calls[name];
  let promises = 0;
  const hook = createHook({ init: (_, type) => void (type === 'PROMISE' && promises++) }).enable();
  answer();
  hook.disable();
  return { calls, promises };
}

async function logIn(): Promise<string> {
  const handler = (context: Context) => void Object.assign(readSession(context), { user: 'ada' });
  const app = await createApp({ routes: [{ method: 'GET', path: '/in', handler }], middleware });
  const response = await app.inject({ url: '/in', headers: { host: '127.0.0.1' } });
  return response.headerLines('set-cookie')[0]!.split(';', 1)[0]!;
}

describe('a route in which nothing waits', () => {
  it('without middleware writes a header and a body, and does nothing else', async () => {
    const { calls, promises } = await count({ controllers: [HelloController] }, '/', { host: '127.0.0.1' });
    expect(calls).toEqual({ writeHeader: 1, end: 1 });
    expect(promises).toBe(0);
  });

  it('hands a head over in one call where the engine was seen to take it', async () => {
    writeHeadsInOneCall(true);
    const { calls } = await count({ controllers: [HelloController], middleware }, '/', { host: '127.0.0.1' });
    writeHeadsInOneCall(false);
    expect(calls).toMatchObject({ writeStatus: 1, end: 1 });
    expect(calls).not.toHaveProperty('writeHeader');
  });

  it('with four middleware and a session that is read walks no headers', async () => {
    const headers = { host: '127.0.0.1', origin: 'https://app.example', cookie: await logIn() };
    const { calls, promises } = await count(
      { controllers: [HelloController], middleware },
      '/session',
      headers,
    );
    expect(promises).toBe(0);
    expect(calls).not.toHaveProperty('forEach');
    expect(calls['end']).toBe(1);
    for (const name of ['onAborted', 'getRemoteAddress', 'getUrl', 'getQuery', 'cork'])
      expect(calls).not.toHaveProperty(name);
  });

  it('pays for no session that nobody reads', async () => {
    const headers = { host: '127.0.0.1', cookie: await logIn() };
    const { calls } = await count({ controllers: [HelloController], middleware }, '/', headers);
    expect(calls).not.toHaveProperty('forEach');
  });
});
