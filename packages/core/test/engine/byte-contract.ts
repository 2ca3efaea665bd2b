import { setTimeout as wait } from 'node:timers/promises';
import { createApp, json, type Context } from '../../src';
import type { ContractResponse, Harness } from './harness';

/** Tests that the bytes of a request which are not ASCII read in one way on every engine. */
export function describeBytes(engineName: string, harness: Harness): void {
  describe(`Bytes that are not ASCII on ${engineName}`, () => {
    let opened: Awaited<ReturnType<Harness['open']>>;

    beforeAll(async () => {
      const logger = { info() {}, warn() {}, error() {} };
      const read = ({ request }: Context): unknown => ({
        path: request.path,
        rawQuery: request.rawQuery,
        target: request.target,
        param: request.param('name'),
        query: request.query.get('q'),
        names: Object.keys(request.query.toObject()),
        header: request.header('x-name'),
        cookie: request.cookies['name'],
      });
      const app = await createApp({
        logger,
        routes: [
          { method: 'GET', path: '/early/:name', handler: (context) => json(read(context)) },
          {
            method: 'GET',
            path: '/late/:name',
            handler: async (context) => (await wait(1), json(read(context))),
          },
          {
            method: 'GET',
            path: '/rest/*',
            handler: ({ request }) => json({ path: request.path, param: request.param('*') }),
          },
          { method: 'GET', path: '/zo%C3%AB', handler: () => json({ literal: true }) },
        ],
      });
      opened = await harness.open(app);
    });

    afterAll(() => opened.close());

    /** A strict engine refuses a target whose bytes are not percent-encoded (RFC 3986 §2.1). */
    const expectTarget = (response: ContractResponse, expected: object): void => {
      if (harness.refusesRawTargets) expect(response.status).toBe(400);
      else expect(parse(response)).toMatchObject(expected);
    };

    const parse = ({ body }: ContractResponse): unknown => JSON.parse(body.toString());

    /** Text as its bytes in UTF-8, with a character for each. */
    const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

    /** Raw bytes, and the text as which path and query read them. */
    const RAW: readonly [title: string, bytes: string, text: string][] = [
      ['UTF-8', utf8('Zoë'), 'Zoë'],
      ['UTF-8 of three and four bytes', utf8('日本🙂'), '日本🙂'],
      ['a replacement character', utf8('a\ufffdb'), 'a\ufffdb'],
      ['a byte order mark', utf8('\ufeffa'), '\ufeffa'],
      ['a no-break space and a control of Latin-1', utf8('a\xa0\x85b'), 'a\xa0\x85b'],
      ['a lone byte of Latin-1', 'Zo\xeb', 'Zo\ufffd'],
      ['bytes that UTF-8 does not have', '\xff\xfe', '\ufffd\ufffd'],
      ['UTF-8 behind a wrong byte', `\xeb${utf8('ë')}`, '\ufffdë'],
      ['UTF-8 that is cut off', `${utf8('日').slice(0, 2)}a`, '\ufffda'],
      ['UTF-8 that is too long', '\xc0\xaf', '\ufffd\ufffd'],
      ['a surrogate in UTF-8', '\xed\xa0\x80', '\ufffd\ufffd\ufffd'],
      ['more than Unicode has', '\xf4\x90\x80\x80', '\ufffd\ufffd\ufffd\ufffd'],
    ];

    describe.each(['early', 'late'])('read %s', (when) => {
      it.each(RAW)(
        'are UTF-8 in path and query, and replaced where they are not: %s',
        async (_, bytes, text) => {
          const response = await opened.send({ url: `/${when}/${bytes}?q=${bytes}&${bytes}=1` });
          expectTarget(response, {
            path: `/${when}/${text}`,
            rawQuery: `q=${text}&${text}=1`,
            target: `/${when}/${text}?q=${text}&${text}=1`,
            param: text,
            query: text,
            names: ['q', text],
          });
        },
      );

      it.each(RAW)('are the same beside percent-encoding: %s', async (_, bytes, text) => {
        const response = await opened.send({ url: `/${when}/${bytes}%C3%AB?q=${bytes}+%C3%AB` });
        expectTarget(response, {
          path: `/${when}/${text}%C3%AB`,
          rawQuery: `q=${text}+%C3%AB`,
          param: `${text}ë`,
          query: `${text} ë`,
        });
      });

      it.each(['%EB', '%FF', '%C3', '%C0%AF', '%ED%A0%80', `%C3${utf8('ë')}`, '%C3\xab'])(
        'are refused in path and query if they are percent-encoded and not UTF-8: %j',
        async (encoded) => {
          for (const url of [`/${when}/Zo${encoded}`, `/${when}/x?q=${encoded}`, `/${when}/x?${encoded}=1`]) {
            const response = await opened.send({ url });
            expect(response.status).toBe(400);
            const isRaw = Buffer.byteLength(url) > url.length;
            if (!(isRaw && harness.refusesRawTargets))
              expect(parse(response)).toMatchObject({ code: 'percent_encoding' });
          }
        },
      );

      it.each<[title: string, bytes: string, text: string]>([
        ['UTF-8', utf8('a Zoë 日本🙂 z'), 'a Zoë 日本🙂 z'],
        ['Latin-1', 'a Zo\xeb z', 'a Zoë z'],
        ['UTF-8 behind a byte of Latin-1', `a \xeb ${utf8('ë')} z`, 'a ë Ã« z'],
        ['a surrogate in UTF-8', 'a \xed\xa0\x80 z', 'a \xed\xa0\x80 z'],
      ])('are UTF-8 or Latin-1 in headers and cookies: %s', async (_, bytes, text) => {
        const headers = { 'x-name': bytes, cookie: `other=1; name=${bytes}; last=1` };
        const response = await opened.send({ url: `/${when}/x?q=1`, headers });
        expect(parse(response)).toMatchObject({ header: text, cookie: text });
      });

      it('stay percent-encoded in headers, and in cookies if they are not UTF-8', async () => {
        for (const [sent, cookie] of [
          ['Zo%C3%AB', 'Zoë'],
          ['Zo%EB', 'Zo%EB'],
        ]) {
          const headers = { 'x-name': sent!, cookie: `name=${sent}` };
          const response = await opened.send({ url: `/${when}/x?q=1`, headers });
          expect(parse(response)).toMatchObject({ header: sent, cookie });
        }
      });
    });

    it('are matched as they were sent', async () => {
      expect(parse(await opened.send({ url: '/zo%C3%AB' }))).toEqual({ literal: true });
      for (const url of [utf8('/zoë'), '/zo\xeb'])
        expect((await opened.send({ url })).status).toBe(harness.refusesRawTargets ? 400 : 404);
    });

    it('are read in the rest of a path', async () => {
      expectTarget(await opened.send({ url: `/rest/${utf8('ë')}/\xeb` }), { path: '/rest/ë/\ufffd' });
    });
  });
}
