import type { OpenApiDocument } from '@sluice/openapi';
import { checkExamples } from './check-examples';

describe('docs/coming-from-nestjs.md', () => {
  checkExamples('docs/coming-from-nestjs.md', {
    async Modules(app) {
      expect((await app.inject({ url: '/cats' })).json()).toEqual(['Tom']);
    },

    async Providers(app) {
      const shown = await app.inject({ url: '/connection', headers: { 'x-tenant': 'acme' } });
      expect(shown.json()).toEqual({ url: 'postgres://localhost', tenant: 'acme' });
    },

    async Guards(app) {
      expect((await app.inject({ url: '/cats' })).status).toBe(200);
      expect((await app.inject({ url: '/cats/secrets' })).status).toBe(403);
      expect((await app.inject({ url: '/cats/secrets', headers: { 'x-role': 'admin' } })).status).toBe(200);
    },

    async 'Passport, roles and public routes'(app) {
      const ask = (url: string, token?: string) =>
        app.inject({ url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
      expect((await ask('/reports', 'ada-token')).json()).toEqual({ for: 'ada' });
      expect((await ask('/reports', 'bob-token')).status).toBe(403);
      expect((await ask('/reports')).status).toBe(401);
      expect((await ask('/reports/health')).text()).toBe('up');
    },

    async 'SetMetadata and Reflector'(app) {
      expect((await app.inject({ url: '/search' })).text()).toBe('found');
      expect((await app.inject({ url: '/search/beta' })).status).toBe(404);
    },

    async 'Pipes and parameters'(app) {
      const shown = await app.inject({ url: '/cats/7?tag=a&tag=b&order=oldest&since=2026-05-01T00:00:00Z' });
      expect(shown.json()).toEqual({
        id: 7,
        tags: ['a', 'b'],
        order: 'oldest',
        since: '2026-05-01T00:00:00.000Z',
      });
      expect((await app.inject({ url: '/cats/7' })).json()).toEqual({ id: 7, tags: [], order: 'newest' });
      expect((await app.inject({ url: '/cats/7.5' })).status).toBe(422);
    },

    async Validation(app) {
      const tom = { name: 'Tom', owner: { email: 'ada@example.org' } };
      const post = (url: string, body: unknown) => app.inject({ method: 'POST', url, body });
      expect((await post('/cats', tom)).json()).toEqual({ name: 'Tom', isOwner: true });
      const wrong = await post('/cats', { ...tom, owner: { email: 'tom' }, age: 3 });
      const pointers = wrong.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);
      expect([wrong.status, pointers.sort()]).toEqual([422, ['/age', '/owner/email']]);
      expect((await post('/cats/many', [tom, { ...tom, age: 3 }])).json()).toEqual([tom, tom]);
    },

    async 'Versions and hosts'(app) {
      expect((await app.inject({ url: '/api/v1/cats' })).json()).toEqual(['Tom']);
      expect((await app.inject({ url: '/api/v2/cats' })).json()).toEqual({ items: ['Tom'], next: null });
      expect((await app.inject({ url: '/api/v3/cats' })).status).toBe(404);
      expect((await app.inject({ url: '/api/cats/health' })).text()).toBe('up');
      const account = await app.inject({ url: '/api/account', headers: { host: 'acme.example.com' } });
      expect(account.json()).toEqual({ tenant: 'acme' });
      expect((await app.inject({ url: '/api/account' })).status).toBe(404);
    },

    async 'The shape of errors'(app) {
      const wrong = await app.inject({ method: 'POST', url: '/cats', body: { name: 1 } });
      expect([wrong.status, wrong.json()]).toEqual([
        400,
        { statusCode: 400, message: ['name must be a string'], error: 'Bad Request' },
      ]);
    },

    async 'Mapped types'(app) {
      const patch = async (url: string, body: unknown) =>
        (await app.inject({ method: 'PATCH', url, body })).json();
      for (const pets of ['cats', 'dogs']) {
        expect(await patch(`/${pets}/1`, { age: 4 })).toEqual({ id: 1, age: 4 });
        expect(await patch(`/${pets}/1`, { age: -1 })).toMatchObject({ status: 422 });
      }
    },

    async Interceptors(app) {
      await app.inject({ url: '/cats' });
      await app.inject({ url: '/cats/cached' });
      expect((await app.inject({ url: '/cats/cached' })).json()).toEqual(['Tom, from the cache']);
      expect((await app.inject({ url: '/cats/log' })).json()).toEqual([
        expect.stringMatching(/^\/cats 200 \d+ ms$/),
        expect.stringMatching(/^\/cats\/cached 200 /),
        expect.stringMatching(/^\/cats\/cached 200 /),
      ]);
    },

    async Serialisation(app) {
      expect((await app.inject({ url: '/cats' })).json()).toEqual([{ name: 'Tom' }]);
    },

    async OpenAPI(app) {
      const { paths, components } = (await app.inject({ url: '/openapi.json' })).json<OpenApiDocument>();
      const { security, responses } = paths['/cats']!.post!;
      expect([security, Object.keys(responses)]).toEqual([
        [{ bearer: [] }],
        ['201', '400', '401', '409', '413', '415', '422'],
      ]);
      expect(components?.schemas?.['CreateCat']).toMatchObject({ properties: { name: { maxLength: 20 } } });
    },

    async 'Exception filters'(app) {
      expect((await app.inject({ url: '/cats/missing' })).status).toBe(404);
      expect((await app.inject({ url: '/cats/asleep' })).status).toBe(409);
    },

    async 'Custom parameter decorators'(app) {
      expect((await app.inject({ url: '/cats/1' })).json()).toEqual({
        id: '1',
        cat: { name: 'Tom', age: 3 },
        name: 'Tom',
      });
      expect((await app.inject({ url: '/cats/2' })).status).toBe(404);
    },

    async 'Lifecycle hooks'(app) {
      expect((await app.inject({ url: '/database' })).text()).toBe('connected');
    },

    async Testing(app) {
      expect((await app.inject({ url: '/mail' })).text()).toBe('sent');
    },

    async 'Uploads, events, files and redirects'(app) {
      const form = new FormData();
      form.set('photo', new Blob(['1234'], { type: 'image/png' }), 'tom.png');
      const request = new Request('http://localhost', { method: 'POST', body: form });
      const added = await app.inject({
        method: 'POST',
        url: '/photos',
        headers: { 'content-type': request.headers.get('content-type')! },
        body: Buffer.from(await request.arrayBuffer()),
      });
      expect(added.json()).toEqual({ size: 4 });
      expect((await app.inject({ url: '/photos/events' })).text()).toContain('data: {"number":2}\n\n');
      expect((await app.inject({ url: '/photos/old' })).header('location')).toBe('/photos/events');
    },
  });
});
