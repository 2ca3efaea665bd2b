import { VERSION_NEUTRAL, type PlainRoute, type Versioning } from '../../src';
import { makePlan } from './make-plan';

const place = (route: Partial<PlainRoute>, versioning?: Versioning) =>
  makePlan({
    routes: [{ method: 'GET', path: '/a', handler: () => 1, name: 'a', ...route }],
    ...(versioning && { versioning }),
  });

const rows = (route: Partial<PlainRoute>, versioning?: Versioning) =>
  place(route, versioning)
    .lines.slice(0, -1)
    .map((line) => line.split('  ')[1]);

describe('a route', () => {
  it('is repeated for each of its hosts and versions', () => {
    const host = ['a.example.com', '*.example.com', 'a.example.com'];
    const version = ['1', VERSION_NEUTRAL, '1'] as const;
    expect(rows({ host, version }, { type: 'path' })).toEqual([
      'a.example.com/v1/a',
      'a.example.com/a',
      '*.example.com/v1/a',
      '*.example.com/a',
    ]);
    expect(rows({ version: ['1', '2'] }, { type: 'mediaType' })).toEqual([
      '/a (version 1)',
      '/a (version 2)',
    ]);
  });

  it('has the default version unless it has one of its own or is neutral', () => {
    expect(rows({}, { type: 'path', defaultVersion: '1' })).toEqual(['/v1/a']);
    expect(rows({ version: VERSION_NEUTRAL }, { type: 'path', defaultVersion: '1' })).toEqual(['/a']);
    expect(rows({}, { type: 'path' })).toEqual(['/a']);
    expect(rows({ version: VERSION_NEUTRAL })).toEqual(['/a']);
  });

  it('has the version where its path has {version}', () => {
    const by: Versioning = { type: 'path' };
    expect(rows({ path: '/api/{version}/a', version: ['1', '2', VERSION_NEUTRAL] }, by)).toEqual([
      '/api/v1/a',
      '/api/v2/a',
      '/api/a',
    ]);
    expect(rows({ path: '/a/{version}' }, { ...by, prefix: '', defaultVersion: '2026-11' })).toEqual([
      '/a/2026-11',
    ]);
    const cannot = (route: Partial<PlainRoute>, versioning?: Versioning) =>
      place(route, versioning).problems.map(({ code, fault }) => `${code} ${fault}`);
    const fault = (path: string) =>
      `ROUTE_PATH_INVALID The path "${path}" cannot be parsed. The place {version} needs createApp({ versioning: { type: 'path' } }), and may be there once.`;
    expect(cannot({ path: '/{version}/a' })).toEqual([fault('/{version}/a')]);
    expect(cannot({ path: '/{version}/a', version: '1' }, { type: 'header', header: 'X-V' })).toEqual([
      fault('/{version}/a'),
    ]);
    expect(cannot({ path: '/{version}/{version}', version: '1' }, by)).toEqual([fault('/v1/{version}')]);
  });

  it('has its host and version in the plan, as data', () => {
    const versioning: Versioning = { type: 'header', header: 'X-API-Version' };
    const { plan } = place({ host: ':tenant.example.com', version: '2' }, versioning);
    const [route] = plan.routes;
    expect(JSON.parse(JSON.stringify({ host: route!.host, version: route!.version }))).toEqual({
      host: {
        text: ':tenant.example.com',
        shape: ':.example.com',
        labels: [':tenant', 'example', 'com'],
        parameters: ['tenant'],
      },
      version: { name: '2', by: versioning },
    });
    expect([route!.host, route!.version, route!.version!.by].every(Object.isFrozen)).toBe(true);
    expect(route!.info).toMatchObject({ host: ':tenant.example.com', version: '2', path: '/a' });
  });
});
