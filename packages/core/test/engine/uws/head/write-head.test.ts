import { request } from 'node:http';
import { createApp, redirect, type App } from '../../../../src';
import { loadUws, type Uws } from '../../../../src/engine/uws/load-uws';
import { testHeadBlock } from '../../../../src/engine/uws/head/test-head-block';
import { chooseHeadWriter, writeHeadsInOneCall } from '../../../../src/engine/uws/head/write-head';

describe('the head of a response', () => {
  let app: App;
  let port: number;

  beforeAll(async () => {
    app = await createApp({
      engine: 'uws',
      routes: [
        { method: 'GET', path: '/plain', handler: () => 'text' },
        { method: 'GET', path: '/moved', handler: () => redirect('/plain', { status: 308 }) },
        {
          method: 'GET',
          path: '/cookies',
          handler: ({ response }) => {
            response.setCookie('a', '1');
            response.setCookie('b', '2');
            response.headers.set('Content-Length', 99).set('Connection', 'close').set('X-Tab', 'a\tb');
            response.status = 203;
            return { ok: true };
          },
        },
        { method: 'GET', path: '/nothing', handler: () => undefined },
        {
          method: 'HEAD',
          path: '/head',
          handler: ({ response }) => response.headers.set('Content-Length', 7),
        },
      ],
    });
    ({ port } = await app.listen({ port: 0, handleSignals: false }));
    await chooseHeadWriter(loadUws());
  });

  afterAll(async () => {
    await app.close();
    writeHeadsInOneCall(false);
  });

  const ask = (method: string, path: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      request({ port, path, method, host: '127.0.0.1', agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode, statusMessage, rawHeaders } = response;
          const lines = rawHeaders.map((text, index) => (rawHeaders[index - 1] === 'Date' ? '' : text));
          const body = Buffer.concat(chunks)
            .toString()
            .replace(/urn:uuid:[\da-f-]+/, '');
          resolve({ statusCode, statusMessage, lines, body });
        });
      })
        .on('error', reject)
        .end();
    });

  it('is written in one call on this engine', async () => {
    expect(await testHeadBlock(loadUws())).toBe(true);
  });

  it('is not written in one call if an engine sends the status alone, or the test cannot listen', async () => {
    const uws = loadUws();
    const strict = (listen: boolean): Uws => {
      const native = uws.App();
      const fake = {
        get: (path: string, handler: (res: unknown) => void) =>
          native.get(path, (res) =>
            handler({
              writeStatus: (status: string) => res.writeStatus(status.split('\r\n', 1)[0]!),
            }),
          ),
        listen: (...target: [string, number, (socket: unknown) => void]) =>
          listen ? native.listen(...target) : target[2](false),
        close: () => native.close(),
      };
      return { ...uws, App: () => fake } as unknown as Uws;
    };
    expect(await testHeadBlock(strict(true))).toBe(false);
    expect(await testHeadBlock(strict(false))).toBe(false);
  });

  it.each([
    ['GET', '/plain'],
    ['HEAD', '/plain'],
    ['GET', '/moved'],
    ['GET', '/cookies'],
    ['HEAD', '/cookies'],
    ['GET', '/nothing'],
    ['HEAD', '/head'],
    ['GET', '/none'],
  ])('is the same in one call and in several: %s %s', async (method, path) => {
    writeHeadsInOneCall(false);
    const inMany = await ask(method, path);
    writeHeadsInOneCall(true);
    expect(await ask(method, path)).toEqual(inMany);
  });
});
