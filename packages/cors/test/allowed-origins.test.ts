import type { Context } from '@sluice/core';
import { createApp } from '@sluice/core';
import fc from 'fast-check';
import { cors, type OriginRule } from '../src';
import { compileOrigins, compileWholeMatch } from '../src/allowed-origins';

const CONTEXT = {} as Context;

function isAllowed(rules: readonly OriginRule[], origin: string) {
  return compileOrigins(rules)(origin, CONTEXT);
}

describe('exact origins', () => {
  it('are compared byte by byte', () => {
    expect(isAllowed(['https://app.example'], 'https://app.example')).toBe(true);
    expect(isAllowed(['https://app.example'], 'https://App.example')).toBe(false);
    expect(isAllowed(['https://app.example'], 'https://app.example/')).toBe(false);
  });

  it('include null only if it is listed', () => {
    expect(isAllowed(['null'], 'null')).toBe(true);
    expect(isAllowed(['https://app.example'], 'null')).toBe(false);
    expect(isAllowed([/.*/, () => true], 'null')).toBe(false);
  });

  it('give the same answer whatever was asked before', () => {
    const origin = fc.constantFrom('https://a.example', 'https://b.example', 'null', 'http://a.example', '');
    fc.assert(
      fc.property(fc.array(origin), fc.array(origin), (list, asked) => {
        const check = compileOrigins(list);
        expect(asked.map((text) => check(text, CONTEXT))).toEqual(asked.map((text) => list.includes(text)));
      }),
    );
  });
});

describe('patterns', () => {
  it('must match the whole origin', () => {
    const rules = [/https:\/\/[a-z]+\.app\.example/];
    expect(isAllowed(rules, 'https://beta.app.example')).toBe(true);
    expect(isAllowed(rules, 'https://beta.app.example.evil.example')).toBe(false);
    expect(isAllowed(rules, 'https://evil.example?https://beta.app.example')).toBe(false);
    expect(isAllowed(rules, 'xhttps://beta.app.example')).toBe(false);
  });

  it('must match the whole origin with each alternative', () => {
    const rules = [/https:\/\/a\.example|https:\/\/b\.example/];
    expect(isAllowed(rules, 'https://b.example')).toBe(true);
    expect(isAllowed(rules, 'https://a.example.evil.example')).toBe(false);
  });

  it.each(['g', 'y', 'gy', 'm', 'gim'])(
    'remember nothing between requests, even with the flags %s',
    (flags) => {
      const check = compileOrigins([new RegExp('https://app\\.example', flags)]);
      for (let round = 0; round < 4; round++) expect(check('https://app.example', CONTEXT)).toBe(true);
    },
  );

  it('keep the flags that change the meaning', () => {
    expect(compileWholeMatch(/a/giu).flags).toBe('iu');
  });

  it('are not tested against text that browsers do not send', () => {
    for (const origin of ['https://a.example\u00e9', 'https://a.example b', 'https://a@b', 'a', '', '*'])
      expect(isAllowed([/.*/s], origin)).toBe(false);
    expect(isAllowed([/.*/], `https://${'a'.repeat(600)}`)).toBe(false);
  });

  it('allow an origin exactly if the bare pattern matches all of it', () => {
    const piece = fc.constantFrom('https://', 'app', '.', 'example', 'evil', ':8443', '-');
    const pattern = /https:\/\/(?:[a-z]+\.)?app\.example/g;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const origin = pieces.join('');
        const expected = [...origin.matchAll(pattern)].some(([match]) => match === origin);
        expect(isAllowed([pattern], origin)).toBe(expected);
      }),
    );
  });
});

describe('functions', () => {
  it('get the origin and the context', async () => {
    const app = await createApp({
      middleware: [
        cors({
          allowOrigins: (origin, context) =>
            origin === 'https://a.example' && context.request.path === '/open',
        }),
      ],
      routes: ['/open', '/closed'].map((path) => ({ method: 'GET' as const, path, handler: () => 'here' })),
    });
    const headers = { origin: 'https://a.example' };
    const open = await app.inject({ url: '/open', headers });
    expect(open.header('access-control-allow-origin')).toBe('https://a.example');
    const closed = await app.inject({ url: '/closed', headers });
    expect(closed.header('access-control-allow-origin')).toBeUndefined();
  });

  it('may be asynchronous, for preflights too', async () => {
    const app = await createApp({
      middleware: [
        cors({ allowOrigins: async (origin) => (await Promise.resolve(origin)).endsWith('.example') }),
      ],
      routes: [{ method: 'GET', path: '/', handler: () => 'here' }],
    });
    const read = await app.inject({ url: '/', headers: { origin: 'https://a.example' } });
    expect(read.text()).toBe('here');
    expect(read.header('access-control-allow-origin')).toBe('https://a.example');
    const asked = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
    expect((await app.inject({ method: 'OPTIONS', url: '/', headers: asked })).status).toBe(204);
    const other = { ...asked, origin: 'https://a.other' };
    expect((await app.inject({ method: 'OPTIONS', url: '/', headers: other })).status).toBe(403);
  });

  it('allow only with the value true', async () => {
    for (const answer of ['yes', 1, {}, undefined, 'https://a.example']) {
      expect(isAllowed([() => answer as boolean], 'https://a.example')).toBe(false);
      expect(await isAllowed([() => Promise.resolve(answer as boolean)], 'https://a.example')).toBe(false);
    }
  });

  it('are called one after the other, until one allows', async () => {
    const asked: string[] = [];
    const rule = (name: string, answer: boolean, later: boolean): OriginRule => {
      return () => {
        asked.push(name);
        return later ? Promise.resolve(answer) : answer;
      };
    };
    const rules = [
      rule('a', false, false),
      rule('b', false, true),
      rule('c', true, false),
      rule('d', true, true),
    ];
    expect(await isAllowed(rules, 'https://a.example')).toBe(true);
    expect(asked).toEqual(['a', 'b', 'c']);
  });

  it('are not called if a string or a pattern allows', () => {
    const never = () => {
      throw new Error('asked');
    };
    expect(isAllowed([never, 'https://a.example'], 'https://a.example')).toBe(true);
    expect(isAllowed([never, /https:.*/], 'https://b.example')).toBe(true);
  });
});
