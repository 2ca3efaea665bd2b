import { Controller, Get, HostParam } from '../../../src';
import { ask, askPreflight, named, traced } from './ask-app';

describe('the choice by host', () => {
  const routes = [
    named('any', { method: 'GET', path: '/' }),
    named('wild', { method: 'GET', path: '/', host: '*.example.com' }),
    named('exact', { method: 'GET', path: '/', host: ['api.example.com', '[::1]'] }),
    named('one', { method: 'GET', path: '/', host: ':tenant.example.com' }),
    named('put', { method: 'PUT', path: '/', host: '*.example.com' }),
    named('all', { method: 'ALL', path: '/all', host: 'api.example.com' }),
    named('get all', { method: 'GET', path: '/all' }),
    named('me', { method: 'GET', path: '/users/me', host: 'api.example.com' }),
    named('user', { method: 'GET', path: '/users/:id' }),
  ];

  it.each([
    ['api.example.com', 'exact'],
    ['API.EXAMPLE.COM.:8443', 'exact'],
    ['[0:0:0:0:0:0:0:1]:80', 'exact'],
    ['acme.example.com', 'one'],
    ['a.b.example.com', 'wild'],
    ['example.com', 'any'],
    ['api.example.com.evil.org', 'any'],
    ['api_v2.example.com', 'any'],
    ['api.example.com@evil.org', '400'],
    ['api.example.com/', '400'],
    ['-.example.com', 'any'],
    ['', 'any'],
  ])('sends %j to the most specific route, %s', async (host, answer) => {
    expect(await ask({ routes }, '/', { host })).toBe(answer);
  });

  it('compares the host before the method', async () => {
    expect(await ask({ routes }, '/all', { host: 'api.example.com' })).toBe('all');
    expect(await ask({ routes }, '/all', { host: 'other.org' })).toBe('get all');
  });

  it('ignores the routes of other hosts in 404, 405 and Allow', async () => {
    expect(await ask({ routes }, '/', { host: 'a.example.com' }, 'PUT')).toBe('put');
    expect(await ask({ routes }, '/', { host: 'other.org' }, 'PUT')).toBe('405 GET, HEAD, OPTIONS');
    expect(await ask({ routes }, '/', { host: 'a.example.com' }, 'DELETE')).toBe(
      '405 GET, HEAD, PUT, OPTIONS',
    );
    const only = { routes: [named('only', { method: 'GET', path: '/', host: 'api.example.com' })] };
    expect(await ask(only, '/', { host: 'other.org' })).toBe('404');
    expect(await ask(only, '/', { host: 'other.org' }, 'OPTIONS')).toBe('404');
    expect(await ask(only, '/', { host: 'api.example.com' }, 'OPTIONS')).toBe('204 GET, HEAD, OPTIONS');
  });

  it('falls back to a less specific path if the host differs', async () => {
    expect(await ask({ routes }, '/users/me', { host: 'api.example.com' })).toBe('me');
    expect(await ask({ routes }, '/users/me', { host: 'other.org' })).toBe('user');
  });

  it('believes the X-Forwarded-Host of trusted proxies only', async () => {
    const headers = { host: 'inner', 'x-forwarded-host': 'api.example.com' };
    expect(await ask({ routes }, '/', headers)).toBe('any');
    expect(await ask({ routes, trustProxy: ['loopback'] }, '/', headers)).toBe('exact');
    expect(await ask({ routes, trustProxy: ['10.0.0.1'] }, '/', headers)).toBe('any');
  });

  it('gives handlers the labels of the host, in lower case', async () => {
    @Controller({
      path: '/who',
      host: [':tenant.example.com', ':tenant.:region.example.org', '*.:tenant.example.net'],
    })
    class TenantsController {
      @Get() show(@HostParam('tenant') tenant: string) {
        return tenant;
      }
    }
    const options = { controllers: [TenantsController] };
    expect(await ask(options, '/who', { host: 'ACME.example.com:80' })).toBe('acme');
    expect(await ask(options, '/who', { host: 'beta.eu.example.org' })).toBe('beta');
    expect(await ask(options, '/who', { host: 'beta.example.org' })).toBe('404');
    expect(await ask(options, '/who', { host: 'a.b.gamma.example.net' })).toBe('gamma');
  });

  it('lets a preflight meet the middleware of the route of its host', async () => {
    const routes = [traced('api', { host: 'api.example.com' }), traced('any', {})];
    expect(await askPreflight({ routes }, '/', { host: 'api.example.com' })).toBe('api');
    expect(await askPreflight({ routes }, '/', { host: 'b.example.com' })).toBe('any');
    expect(await askPreflight({ routes: routes.slice(0, 1) }, '/', { host: 'b.org' })).toBeUndefined();
  });
});
