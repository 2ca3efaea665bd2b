import {
  Catch,
  Controller,
  createApp,
  Get,
  HostParam,
  Param,
  Version,
  VERSION_NEUTRAL,
  type PlainRoute,
  type RouteInfo,
} from '../../src';
import { compileOnly, expectType } from '../compile-only';

describe('the types of routes', () => {
  it('refuse wrong values and unknown options', () => {
    // @ts-expect-error -- number is not one of the named types
    compileOnly(() => Param('id', 'number'));
    // @ts-expect-error -- a text is neither an error class nor a status
    compileOnly(() => Catch('TypeError'));
    // @ts-expect-error -- a number is not a path
    compileOnly(() => Get(5));
    // @ts-expect-error -- no such option
    compileOnly(() => createApp({ middlewares: [] }));
    // @ts-expect-error -- methods are in upper case
    compileOnly((): PlainRoute => ({ method: 'get', path: '/', handler: () => 1 }));
    // @ts-expect-error -- the handler is missing
    compileOnly((): PlainRoute => ({ method: 'GET', path: '/' }));
    expect(typeof Get('/')).toBe('function');
  });
});

describe('the types of hosts and versions', () => {
  it('take texts and lists of texts, and VERSION_NEUTRAL', () => {
    compileOnly(() => [
      Controller('/a'),
      Controller({ path: '/a', host: ['a.example', 'b.example'], version: ['1', VERSION_NEUTRAL] }),
      Version(VERSION_NEUTRAL),
      HostParam('tenant'),
    ]);
    compileOnly(({ host, version } = {} as RouteInfo) => expectType<string | undefined>()(host ?? version));
    // @ts-expect-error -- a number is not a version
    compileOnly(() => Version(2));
    // @ts-expect-error -- a regular expression is not a host
    compileOnly(() => Controller({ host: /example/ }));
    // @ts-expect-error -- no such option
    compileOnly(() => Controller({ prefix: '/a' }));
  });

  it('take the options of one kind of versioning', () => {
    compileOnly(() => createApp({ versioning: { type: 'path', prefix: 'v', defaultVersion: '1' } }));
    // @ts-expect-error -- the name of the header is missing
    compileOnly(() => createApp({ versioning: { type: 'header' } }));
    // @ts-expect-error -- a media type has a parameter instead of a header
    compileOnly(() => createApp({ versioning: { type: 'mediaType', header: 'X-API-Version' } }));
    // @ts-expect-error -- a version cannot be in the query
    compileOnly(() => createApp({ versioning: { type: 'query' } }));
  });
});
