import type { Versioning } from '../../../src';
import { groupEndpoints } from '../../../src/pipeline/choice/group-endpoints';
import { pickRoute, type PickedBy } from '../../../src/pipeline/choice/pick-route';
import { planRoutes } from '../plan-routes';

interface Asked {
  readonly host?: string;
  readonly version?: string;
  readonly method?: string;
}

/** A request that records the reads of its host and headers. */
function makeRequest({ host, version, method = 'GET' }: Asked): { request: PickedBy; reads: string[] } {
  const reads: string[] = [];
  const request = {
    method,
    get host() {
      reads.push('host');
      return host;
    },
    header(name: string) {
      reads.push(name);
      return version;
    },
  };
  return { request, reads };
}

function pick(routes: Parameters<typeof planRoutes>[0], asked: Asked, versioning?: Versioning) {
  const { request, reads } = makeRequest(asked);
  const [group] = groupEndpoints(planRoutes(routes, versioning));
  return { name: pickRoute(group!, request)?.info.name, reads };
}

const HOSTS = [
  ['GET /', { name: 'tenant', host: ':tenant.example.com' }],
  ['GET /', { name: 'api 1', host: 'api.example.com', version: '1' }],
  ['GET /', { name: 'any 2', version: '2' }],
] as const;

describe('the route that is picked', () => {
  it('is the only one, and nothing is read, if method and path alone decide', () => {
    expect(pick([['GET /', { name: 'only' }]], {})).toEqual({ name: 'only', reads: [] });
  });

  it.each<[Asked, string | undefined]>([
    [{ host: 'api.example.com:80', version: '1' }, 'api 1'],
    [{ host: 'api.example.com', version: '2' }, 'tenant'],
    [{ host: 'b.example.com', version: '1' }, 'tenant'],
    [{ host: 'example.org', version: '2' }, 'any 2'],
    [{ host: 'example.org', version: '1' }, undefined],
    [{ host: 'no host', version: '2' }, 'any 2'],
    [{ version: '2' }, 'any 2'],
    [{}, undefined],
  ])('for %j is %s: the host decides first, then the version', (asked, name) => {
    expect(pick(HOSTS, asked).name).toBe(name);
  });

  it('is found with one read of each header, however many versions exist', () => {
    const versions = ['1', '2', '3'].map((version) => ['GET /', { name: version, version }] as const);
    expect(pick(versions, { host: 'example.org', version: '3' })).toEqual({
      name: '3',
      reads: ['X-Version'],
    });
    expect(pick(HOSTS, { host: 'example.org', version: '2' }).reads).toEqual(['host', 'X-Version']);
  });

  it('has the default version if the request names none', () => {
    const routes = [
      ['GET /', { name: 'one', version: '1' }],
      ['GET /', { name: 'two', version: '2' }],
    ] as const;
    const versioning: Versioning = { type: 'header', header: 'X-Version', defaultVersion: '2' };
    expect(pick(routes, {}, versioning).name).toBe('two');
    expect(pick(routes, { version: '1' }, versioning).name).toBe('one');
    expect(pick(routes, {}).name).toBeUndefined();
    expect(pick(routes, { method: 'OPTIONS' }).name).toBe('one');
  });

  it('has the existing version with the highest weight', () => {
    const routes = ['1', '2'].map((version) => ['GET /', { name: version, version }] as const);
    const accept = 'a/b;v=1;q=0.5, a/b;v=2;q=0.8, a/b;v=3';
    expect(pick(routes, { version: accept }, { type: 'mediaType' })).toEqual({
      name: '2',
      reads: ['accept'],
    });
  });

  it('has no version if no route has the requested one', () => {
    const routes = [
      ['GET /', { name: 'neutral' }],
      ['GET /', { name: 'one', version: '1' }],
    ] as const;
    expect(pick(routes, { version: '1' }).name).toBe('one');
    expect(pick(routes, { version: '7' }).name).toBe('neutral');
    expect(pick(routes, {}).name).toBe('neutral');
  });
});
