import type { OpenApiDocument } from '@sluice/openapi';
import { checkExamples } from './check-examples';

describe('docs/coming-from-fastapi.md', () => {
  checkExamples('docs/coming-from-fastapi.md', {
    async 'Parameters and bodies'(app) {
      const shown = await app.inject({ url: '/items/7?q=apple', headers: { 'x-token': 'abc' } });
      expect(shown.json()).toEqual({ id: 7, q: 'apple', token: 'abc' });
      const added = await app.inject({
        method: 'POST',
        url: '/items',
        body: { name: 'apple', price: 2 },
      });
      expect([added.status, added.json()]).toEqual([201, { name: 'apple', price: 2 }]);
    },

    async 'Repeated keys, lists, optional values and unions'(app) {
      const plain = await app.inject({ url: '/search' });
      expect(plain.json()).toEqual({ tags: [], limit: 20, sort: 'name' });
      const full = await app.inject({
        url: '/search?tag=a&tag=b&limit=5&sort=price&since=2026-05-01T00:00:00Z',
      });
      expect(full.json()).toEqual({
        tags: ['a', 'b'],
        limit: 5,
        sort: 'price',
        since: '2026-05-01T00:00:00.000Z',
      });
      expect((await app.inject({ url: '/search?sort=colour' })).status).toBe(422);
      const square = { kind: 'square', side: 2 };
      expect((await app.inject({ method: 'POST', url: '/shapes', body: square })).json()).toEqual(square);
      const wrong = await app.inject({ method: 'POST', url: '/shapes', body: { kind: 'square', radius: 2 } });
      expect(wrong.status).toBe(422);
      const names = await app.inject({
        method: 'POST',
        url: '/names',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'name=a&name=b&age=1',
      });
      expect(names.json()).toEqual({ name: ['a', 'b'], age: '1' });
    },

    async 'Validation errors of every part'(app) {
      const where = async (request: object) => {
        const response = await app.inject({
          method: 'POST',
          url: '/teams/1/invitations?days=2',
          headers: { 'x-priority': '1', cookie: 'beta=true' },
          body: { email: 'ada@example.org' },
          ...request,
        });
        const { errors } = response.json<{ errors?: { in: string; pointer: string }[] }>();
        return [response.status, ...(errors ?? []).map((error) => `${error.in} ${error.pointer}`)];
      };
      expect(await where({})).toEqual([200]);
      expect(await where({ url: '/teams/x/invitations' })).toEqual([422, 'path /id']);
      expect(await where({ url: '/teams/1/invitations?days=x' })).toEqual([422, 'query /days']);
      expect(await where({ headers: { 'x-priority': 'x' } })).toEqual([422, 'header /X-Priority']);
      expect(await where({ headers: { cookie: 'beta=x' } })).toEqual([422, 'cookie /beta']);
      expect(await where({ body: { email: 'x' } })).toEqual([422, 'body /email']);
    },

    async Depends(app) {
      expect((await app.inject({ url: '/me', headers: { 'x-user': 'ada' } })).json()).toEqual({
        name: 'Ada',
        of: 1,
      });
      expect((await app.inject({ url: '/me' })).status).toBe(401);
    },

    async 'Dependencies with yield'(app) {
      expect((await app.inject({ url: '/notes/1' })).json()).toEqual({ id: '1' });
      expect((await app.inject({ url: '/notes/2' })).status).toBe(404);
      expect((await app.inject({ url: '/log' })).json()).toEqual(['begin', 'commit', 'begin', 'roll back']);
    },

    async 'Dependencies of the application and of a router'(app) {
      const status = async (headers: Record<string, string>) =>
        (await app.inject({ url: '/reports', headers })).status;
      expect(await status({})).toBe(401);
      expect(await status({ 'x-key': '1' })).toBe(403);
      expect(await status({ 'x-key': '1', 'x-role': 'admin' })).toBe(200);
    },

    async 'Dependency overrides'(app) {
      expect((await app.inject({ url: '/welcome' })).json()).toEqual({ user: 'ada', mail: 'not sent' });
    },

    async 'Dependency scopes'(app) {
      const greet = async (user: string) =>
        (await app.inject({ url: '/hello', headers: { 'x-user': user } })).json();
      expect(await greet('ada')).toEqual({ text: 'Hello, ada', clock: 1 });
      expect(await greet('bob')).toEqual({ text: 'Hello, bob', clock: 1 });
    },

    async 'Exception handlers'(app) {
      const none = await app.inject({ url: '/orders/1' });
      expect([none.status, none.json<{ code: string }>().code]).toEqual([409, 'out_of_stock']);
      const lost = await app.inject({ url: '/nowhere' });
      expect([lost.status, lost.json()]).toEqual([404, { message: 'Nothing here.' }]);
    },

    async 'The shape of errors'(app) {
      expect((await app.inject({ url: '/items/1' })).json()).toEqual({ detail: 'There is no item 1.' });
      const wrong = await app.inject({ url: '/items/x' });
      expect(wrong.status).toBe(422);
      expect(wrong.json<{ detail: { loc: string[] }[] }>().detail[0]!.loc).toEqual(['path', 'id']);
    },

    async 'Application state'(app) {
      await app.inject({ url: '/hits/home' });
      expect((await app.inject({ url: '/hits/home' })).json()).toBe(2);
    },

    async 'Request state'(app) {
      const shown = await app.inject({ url: '/tenant', headers: { 'x-tenant': 'acme' } });
      expect(shown.json()).toEqual({ tenant: 'acme' });
      expect((await app.inject({ url: '/tenant' })).json()).toEqual({ tenant: 'none' });
    },

    async url_for(app) {
      expect((await app.inject({ url: '/notes/7' })).json()).toEqual({ id: 7, next: '/notes/8' });
      const made = await app.inject({ method: 'POST', url: '/notes' });
      expect([made.status, made.header('location')]).toEqual([303, '/notes/7']);
    },

    async 'request.session'(app) {
      const first = await app.inject({ url: '/visits' });
      expect(first.json()).toEqual({ visits: 1 });
      const cookie = first.header('set-cookie')!.split(';')[0]!;
      expect((await app.inject({ url: '/visits', headers: { cookie } })).json()).toEqual({ visits: 2 });
    },

    async 'response_model, include and exclude'(app) {
      const ask = async (url: string) => (await app.inject({ url })).json();
      expect(await ask('/users/whole')).toEqual({ name: 'Ada', email: 'ada@example.org' });
      expect(await ask('/users/short')).toEqual({ name: 'Ada' });
      expect(await ask('/users/names')).toEqual([{ name: 'Ada' }]);
    },

    async 'Status, headers and cookies'(app) {
      const started = await app.inject({ method: 'POST', url: '/jobs' });
      expect([started.status, started.header('x-job'), started.header('cache-control')]).toEqual([
        202,
        '7',
        'no-store',
      ]);
      expect(started.header('set-cookie')).toContain('last-job=7');
      expect((await app.inject({ method: 'POST', url: '/jobs/stop' })).status).toBe(204);
    },

    async 'Files, streams and server-sent events'(app) {
      const report = await app.inject({ url: '/reports/may.txt', headers: { range: 'bytes=0-2' } });
      expect([report.status, report.text()]).toEqual([206, 'all']);
      expect(report.header('content-disposition')).toBe('attachment; filename="report-may.txt"');
      expect((await app.inject({ url: '/reports/..%2fsecret' })).status).toBe(404);
      expect((await app.inject({ url: '/spelled' })).text()).toBe('one two');
      expect((await app.inject({ url: '/numbers' })).text()).toBe(
        '{"number":1}\n{"number":2}\n{"number":3}\n',
      );
      expect((await app.inject({ url: '/events' })).text()).toContain('id: 3\ndata: {"number":3}\n\n');
    },

    async 'UploadFile and Form'(app) {
      const form = new FormData();
      form.set('title', 'A book');
      form.set('cover', new Blob(['1234'], { type: 'image/png' }), 'cover.png');
      form.append('page', new Blob(['first']), '1.txt');
      form.append('page', new Blob(['second']), '2.txt');
      const request = new Request('http://localhost', { method: 'POST', body: form });
      const added = await app.inject({
        method: 'POST',
        url: '/books',
        headers: { 'content-type': request.headers.get('content-type')! },
        body: Buffer.from(await request.arrayBuffer()),
      });
      expect(added.json()).toEqual({ title: 'A book', cover: 4, texts: ['first', 'second'] });
    },

    async Templates(app) {
      const page = await app.inject({ url: '/page?title=%3Cb%3E' });
      expect([page.header('content-type'), page.text()]).toEqual([
        'text/html; charset=utf-8',
        '<h1>&lt;b&gt;</h1>',
      ]);
    },

    async 'Middleware: functions, classes, asynchronous ones'(app) {
      await app.inject({ url: '/nowhere' });
      const read = await app.inject({ url: '/audit' });
      expect(read.json()).toEqual(['GET /nowhere 404']);
      expect(read.header('server-timing')).toMatch(/^app;dur=/);
    },

    async OpenAPI(app) {
      const { paths } = (await app.inject({ url: '/openapi.json' })).json<OpenApiDocument>();
      const { tags, responses } = paths['/items']!.post!;
      expect([tags, Object.keys(responses)]).toEqual([['items'], ['201', '400', '409', '413', '415', '422']]);
    },

    async 'The order of middleware'(app) {
      expect((await app.inject({ url: '/notes' })).text()).toContain('gzip > cors > audit > list');
    },

    async Logging(app) {
      await app.inject({ url: '/nowhere' });
      const lines = (await app.inject({ url: '/lines' })).json<string[]>();
      expect(lines).toEqual([expect.stringMatching(/^info GET \/nowhere 404 [\d.]+ ms$/)]);
    },

    async 'Error pages'(app) {
      const logged = jest.spyOn(console, 'error').mockImplementation();
      const page = await app.inject({ url: '/broken', headers: { accept: 'text/html' } });
      const problem = await app.inject({ url: '/broken' });
      logged.mockRestore();
      expect([page.status, page.header('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
      expect(problem.header('content-type')).toBe('application/problem+json');
      expect(page.text() + problem.text()).not.toContain('secret of the house');
    },

    async BackgroundTasks(app) {
      expect((await app.inject({ method: 'POST', url: '/mails/ada' })).json()).toEqual({ accepted: true });
      expect((await app.inject({ url: '/mails' })).json()).toEqual(['ada']);
    },

    async Security(app) {
      const headers = { authorization: 'Bearer ada-token' };
      expect((await app.inject({ url: '/notes', headers })).json()).toEqual({ notesOf: 'ada' });
      const stranger = await app.inject({ url: '/notes' });
      expect([stranger.status, stranger.header('www-authenticate')]).toEqual([401, 'Bearer realm="api"']);
      expect((await app.inject({ method: 'POST', url: '/notes', headers })).status).toBe(403);
      expect((await app.inject({ url: '/notes/health' })).json()).toEqual({ up: true });
    },

    async Lifespan(app) {
      const printed = jest.spyOn(console, 'log').mockImplementation();
      expect((await app.inject({ url: '/database' })).json()).toEqual({ isOpen: true });
      await app.close();
      expect(printed.mock.calls).toEqual([['started'], ['stopping']]);
      printed.mockRestore();
    },

    async TestClient(app) {
      expect((await app.inject({ method: 'POST', url: '/echo', body: 1 })).json()).toEqual({ body: 1 });
    },
  });
});
