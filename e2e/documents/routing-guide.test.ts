import { checkExamples } from './check-examples';

describe('docs/routing.md', () => {
  checkExamples('docs/routing.md', {
    async Paths(app) {
      expect((await app.inject({ url: '/api/users/me' })).text()).toBe('me');
      expect((await app.inject({ url: '/api/users/7' })).json()).toEqual({ id: 7 });
      const file = await app.inject({ url: '/api/users/7/files/a/b' });
      expect(file.json()).toEqual({ id: 7, path: 'a/b' });
    },

    async Hosts(app) {
      const ask = async (host: string, url = '/') => (await app.inject({ url, headers: { host } })).text();
      expect(await ask('acme.example.com')).toBe('the home of acme');
      expect(await ask('api.example.com:8000')).toBe('{"hello":"api"}');
      expect(await ask('api.example.org', '/health')).toBe('up');
    },

    async Versions(app) {
      const ask = async (version: string) =>
        app.inject({ url: '/users', headers: { 'x-api-version': version } });
      expect((await ask('1')).json()).toEqual([{ name: 'Ada' }]);
      expect((await ask('3')).json()).toEqual({ items: [{ name: 'Ada' }], next: null });
      expect((await ask('4')).status).toBe(404);
      expect((await app.inject({ url: '/users/health' })).text()).toBe('up');
    },

    async Marks(app) {
      const post = (headers: Record<string, string>) =>
        app.inject({ method: 'POST', url: '/orders', headers });
      expect((await post({})).status).toBe(400);
      expect((await post({ 'idempotency-key': '1' })).json()).toEqual({ state: 'ordered' });
      expect((await app.inject({ url: '/orders' })).status).toBe(200);
      expect(app.plan.routes[0]!.steps.map(({ name }) => name)).not.toContain('idempotency');
    },
  });
});
