/** What must not compile, as in `types.test.ts`: hosts and versions. */
import { Controller, createApp, HostParam, Version, VERSION_NEUTRAL, type RouteInfo } from '../../src';
import { compileOnly, expectType } from '../compile-only';

describe('the types of hosts and versions', () => {
  it('take texts, lists of them, and for versions the neutral one', () => {
    compileOnly(() => [
      Controller('/a'),
      Controller({ path: '/a', host: ['a.example', 'b.example'], version: ['1', VERSION_NEUTRAL] }),
      Version(VERSION_NEUTRAL),
      HostParam('tenant'),
    ]);
    compileOnly(({ host, version } = {} as RouteInfo) => expectType<string | undefined>()(host ?? version));
    // @ts-expect-error -- a version is a text
    compileOnly(() => Version(2));
    // @ts-expect-error -- a host is no pattern
    compileOnly(() => Controller({ host: /example/ }));
    // @ts-expect-error -- there is no such option
    compileOnly(() => Controller({ prefix: '/a' }));
  });

  it('take of a place for versions what belongs to it', () => {
    compileOnly(() => createApp({ versioning: { type: 'path', prefix: 'v', defaultVersion: '1' } }));
    // @ts-expect-error -- the header has no name
    compileOnly(() => createApp({ versioning: { type: 'header' } }));
    // @ts-expect-error -- a media type has a parameter, and no header
    compileOnly(() => createApp({ versioning: { type: 'mediaType', header: 'X-API-Version' } }));
    // @ts-expect-error -- nobody looks there
    compileOnly(() => createApp({ versioning: { type: 'query' } }));
  });
});
