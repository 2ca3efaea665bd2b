import {
  anyOf,
  apiKey,
  authenticate,
  basic,
  bearer,
  Public,
  requireScopes,
  Roles,
  Scopes,
} from '@sluice/auth';
import { compression } from '@sluice/compression';
import { Controller, Get, guard, Post, UseMiddleware, type MiddlewareLike } from '@sluice/core';
import { cors } from '@sluice/cors';
import { csrf } from '@sluice/csrf';
import { etag } from '@sluice/etag';
import { health } from '@sluice/health';
import { httpsRedirect } from '@sluice/https-redirect';
import { ipFilter } from '@sluice/ip-filter';
import { rateLimit } from '@sluice/rate-limit';
import { requestId } from '@sluice/request-id';
import { immutable, responseCache } from '@sluice/response-cache';
import { session } from '@sluice/session';
import { timeout } from '@sluice/timeout';
import { metrics } from '@sluice/metrics';
import { tracing } from '@sluice/tracing';
import { underPressure } from '@sluice/under-pressure';
import { trustedHost } from '@sluice/trusted-host';
import type { OperationObject } from '../src';
import { findOperation, readDocument } from './read-document';

const secretKey = 'a secret for tests that is long enough';

async function describeBehind(...middleware: MiddlewareLike[]) {
  @Controller('/notes')
  @UseMiddleware(...middleware)
  class NotesController {
    @Get() list() {}
    @Post() create() {}
    @Get('/public') @Public() open() {}
  }
  return readDocument({ controllers: [NotesController] });
}

const readStatuses = ({ responses }: OperationObject) =>
  Object.keys(responses).filter((status) => status !== '2XX');

const verify = () => ({});
const HOST = trustedHost({ allowedHosts: ['app.example', 'www.app.example'] });
const WWW = trustedHost({ allowedHosts: ['app.example', 'www.other.example'] });

describe('the middleware packages', () => {
  it.each<[name: string, middleware: MiddlewareLike, get: string[], post: string[]]>([
    ['rateLimit', rateLimit({ limit: 1, window: 1 }), ['429'], ['413', '429']],
    ['timeout', timeout({ afterMs: 1 }), ['504'], ['413', '504']],
    ['csrf', csrf(), [], ['403', '413']],
    ['trustedHost', HOST, ['400'], ['400', '413']],
    ['trustedHost with www', WWW, ['308', '400'], ['308', '400', '413']],
    ['httpsRedirect', httpsRedirect({ status: 307 }), ['307', '400', '403'], ['307', '400', '403', '413']],
    ['ipFilter', ipFilter({ deny: ['all'] }), ['403'], ['403', '413']],
    ['underPressure', underPressure({ maxInFlight: 1 }), ['503'], ['413', '503']],
    ['tracing', tracing(), [], ['413']],
    ['etag', etag(), ['304', '412'], ['413']],
    ['responseCache', responseCache({ ttl: 60 }), ['304'], ['413']],
    ['bearer', bearer({ verify }), ['400', '401'], ['400', '401', '413']],
    ['authenticate', authenticate({ verify }), ['401'], ['401', '413']],
    ['guard', guard(() => undefined), ['401', '403'], ['401', '403', '413']],
    ['compression', compression(), [], ['413']],
    ['metrics', metrics(), [], ['413']],
    ['requestId', requestId(), [], ['413']],
    ['session', session({ secretKey }), [], ['413']],
    ['cors', cors(), [], ['413']],
  ])('%s says which statuses it answers with', async (_, middleware, get, post) => {
    const document = await describeBehind(middleware);
    expect(readStatuses(findOperation(document, 'notes.list'))).toEqual(get);
    expect(readStatuses(findOperation(document, 'notes.create'))).toEqual(post);
  });

  it('say which headers they add and read', async () => {
    const limit = await describeBehind(rateLimit({ limit: 1, window: 1 }));
    const { responses } = findOperation(limit, 'notes.list');
    expect(Object.keys(responses['429']?.headers ?? {})).toEqual([
      'Retry-After',
      'RateLimit-Policy',
      'RateLimit',
    ]);
    expect(Object.keys(responses['2XX']?.headers ?? {})).toEqual(['RateLimit-Policy', 'RateLimit']);
    const silent = await describeBehind(rateLimit({ limit: 1, window: 1, headers: false }));
    expect(findOperation(silent, 'notes.list').responses['2XX']?.headers).toBeUndefined();
    const ids = findOperation(await describeBehind(requestId({ trustIncoming: true })), 'notes.list');
    expect(Object.keys(ids.responses['2XX']?.headers ?? {})).toEqual(['X-Request-Id']);
    expect(ids.parameters).toMatchObject([{ name: 'X-Request-Id', in: 'header' }]);
    const tagged = findOperation(await describeBehind(etag()), 'notes.list');
    expect([tagged.parameters?.[0]?.name, tagged.responses['304']?.content]).toEqual([
      'If-None-Match',
      undefined,
    ]);
    for (const cache of [responseCache({ ttl: 60 }), responseCache({ ttl: 60, etag: false }), immutable()]) {
      const { parameters, responses: replies } = findOperation(await describeBehind(cache), 'notes.list');
      const has = cache.name === 'immutable' || cache.options?.['etag'] === true;
      expect([
        parameters?.[0]?.name === 'If-None-Match',
        'ETag' in (replies['2XX']?.headers ?? {}),
        'ETag' in (replies['304']?.headers ?? {}),
      ]).toEqual([has, has, has]);
    }
    const shared = await describeBehind(
      cors({ allowOrigins: ['https://app.example'], exposeHeaders: ['X-A'] }),
    );
    expect(Object.keys(findOperation(shared, 'notes.list').responses['2XX']?.headers ?? {})).toEqual([
      'Access-Control-Allow-Origin',
      'Access-Control-Expose-Headers',
    ]);
  });

  it('say that a body is not that of errors', async () => {
    const shed = { name: 'shed', describes: { statuses: { 503: { description: 'Busy.' } } } };
    const routes = health({ middleware: [{ ...shed, handle: (_, next) => next() }] });
    const content = async (...given: typeof routes) =>
      findOperation(await readDocument({ routes: given }), 'health.ready').responses['503']?.content ?? {};
    expect(await content(...health())).toEqual({ 'application/json': {} });
    expect(Object.keys(await content(...routes))).toEqual(['application/problem+json', 'application/json']);
  });

  it('say which credentials they ask for, and which scopes', async () => {
    const one = await describeBehind(bearer({ verify }));
    expect(one.components?.securitySchemes).toEqual({ bearer: { type: 'http', scheme: 'bearer' } });
    expect(findOperation(one, 'notes.list').security).toEqual([{ bearer: [] }]);
    const key = apiKey({ verify, name: 'X-Key' });
    const both = await describeBehind(anyOf(bearer({ verify }), key), requireScopes('read'));
    expect(findOperation(both, 'notes.list').security).toEqual([{ bearer: [] }, { apiKey: [] }]);
    expect(readStatuses(findOperation(both, 'notes.list'))).toEqual(['400', '401', '403']);
    const stacked = await describeBehind(basic({ verify }), key);
    expect(findOperation(stacked, 'notes.list').security).toEqual([{ basic: [], apiKey: [] }]);
    const optional = await describeBehind(bearer({ verify, optional: true }));
    expect(findOperation(optional, 'notes.list').security).toEqual([{ bearer: [] }, {}]);
  });

  it('leave the last word to the application', async () => {
    const scheme = { type: 'apiKey', in: 'cookie', name: 'sid' } as const;
    const guarded = { ...authenticate({ verify }), describes: { security: [{ sid: { scheme } }] } };
    const document = await describeBehind(guarded);
    expect(document.components?.securitySchemes).toEqual({ sid: scheme });
    expect(findOperation(document, 'notes.list').security).toEqual([{ sid: [] }]);
  });

  it('say nothing about a public route', async () => {
    const document = await describeBehind(bearer({ verify }));
    const { security, responses } = findOperation(document, 'notes.open');
    expect([security, Object.keys(responses)]).toEqual([undefined, ['2XX']]);
  });

  it('say that a role is needed', async () => {
    @Controller('/notes')
    @UseMiddleware(bearer({ verify, optional: true }))
    class NotesController {
      @Get() @Roles('admin') list() {}
      @Get('/either') @Roles('admin', 'editor') @Scopes('read') either() {}
    }
    const document = await readDocument({ controllers: [NotesController] });
    // All names of an entry are needed, and one of the entries.
    expect(findOperation(document, 'notes.either').security).toEqual([
      { bearer: ['read', 'admin'] },
      { bearer: ['read', 'editor'] },
    ]);
    const has = (id: string) =>
      'WWW-Authenticate' in (findOperation(document, id).responses['403']?.headers ?? {});
    expect([has('notes.either'), has('notes.list')]).toEqual([true, false]);
    const { security, responses } = findOperation(document, 'notes.list');
    expect([security, Object.keys(responses)]).toEqual([
      [{ bearer: ['admin'] }],
      ['400', '401', '403', '2XX'],
    ]);
  });

  it('get the scopes of both where two of them ask for one scheme', async () => {
    const scheme = { type: 'http', scheme: 'bearer' } as const;
    const ask = (...scopes: string[]) => ({
      ...guard(() => undefined),
      describes: { security: [{ 'my key': { scheme, scopes } }] },
    });
    const document = await describeBehind(ask('read', 'list'), ask('write', 'read'));
    expect(document.components?.securitySchemes).toEqual({ my_key: scheme });
    expect(findOperation(document, 'notes.list').security).toEqual([{ my_key: ['read', 'list', 'write'] }]);
  });

  it('get two names for two schemes of one kind', async () => {
    const keys = [apiKey({ verify, name: 'X-Key' }), apiKey({ verify, name: 'X-Other' })];
    const document = await describeBehind(...keys);
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(['apiKey', 'apiKey2']);
    expect(findOperation(document, 'notes.list').security).toEqual([{ apiKey: [], apiKey2: [] }]);
  });
});
