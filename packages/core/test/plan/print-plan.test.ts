import { createApp, printPlan } from '../../src';
import { named } from './make-plan';

describe('printPlan', () => {
  it('says what it takes where it gets the application', async () => {
    const app = await createApp({});
    expect(() => printPlan(app as never)).toThrow('It is not a plan. Write printPlan(app.plan).');
  });

  it('prints one route a line, in columns, and the fallback last', async () => {
    const app = await createApp({
      middleware: [named('trustedHost'), named('gzip')],
      routes: [
        { method: 'GET', path: '/', handler: () => 1, name: 'home' },
        {
          method: 'DELETE',
          path: '/notes/:id',
          handler: () => 1,
          name: 'removeNote',
          middleware: [named('own')],
        },
        { method: 'ALL', path: '/any', handler: () => 1, name: 'any' },
      ],
    });
    expect(printPlan(app.plan)).toBe(
      [
        'GET     /           home        trustedHost > gzip > home',
        'DELETE  /notes/:id  removeNote  trustedHost > gzip > own > body-limit(1048576) > removeNote',
        '*       /any        any         trustedHost > gzip > body-limit(1048576) > any',
        '*       /*          fallback    trustedHost > gzip',
      ].join('\n'),
    );
  });

  it('prints some routes, without a fallback, in columns of their own', async () => {
    const session = { ...named('session'), layer: 'session' } as const;
    const cors = { ...named('cors'), layer: 'cors' } as const;
    const { plan } = await createApp({
      routes: [
        { method: 'GET', path: '/', handler: () => 1, name: 'home', middleware: [session, cors] },
        { method: 'DELETE', path: '/notes/:id', handler: () => 1, name: 'removeNote' },
      ],
    });
    expect(printPlan({ routes: plan.routes.slice(0, 1) })).toBe(
      'GET  /  home  session > cors > home\nRecommended order: cors before session (home).',
    );
    expect(printPlan({ routes: [] })).toBe('');
  });

  it('prints the host before the path, and the version after it unless the path has it', async () => {
    const home = { method: 'GET', path: '/', host: '*.example.com', version: '2', handler: () => 1 } as const;
    const headers = await createApp({
      routes: [home],
      versioning: { type: 'header', header: 'X-API-Version' },
    });
    expect(printPlan(headers.plan)).toContain('GET  *.example.com/ (version 2)  handler');
    const paths = await createApp({ routes: [home], versioning: { type: 'path' } });
    expect(printPlan(paths.plan)).toContain('GET  *.example.com/v2  handler');
  });
});
