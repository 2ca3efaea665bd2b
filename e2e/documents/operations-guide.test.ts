import { readFileSync } from 'node:fs';
import path from 'node:path';
import { printPlan } from '@sluice/core';
import { checkExamples } from './check-examples';
import { ROOT } from './list-documents';
import { readBlocks } from './read-blocks';

const GUIDE = readFileSync(path.join(ROOT, 'docs', 'operations.md'), 'utf8');
const SECRET = 'a secret of more than 32 characters';

describe('docs/operations.md', () => {
  let printed: jest.SpyInstance<void, unknown[]>;

  beforeEach(() => {
    process.env['SESSION_SECRET'] = SECRET;
    printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  });

  afterEach(() => {
    delete process.env['SESSION_SECRET'];
    printed.mockRestore();
  });

  checkExamples('docs/operations.md', {
    async Settings() {
      const settings = printed.mock.calls[0]![0] as { readonly SESSION_SECRET: string };
      expect([settings.SESSION_SECRET, JSON.stringify(settings)]).toEqual([
        SECRET,
        '{"PORT":8000,"SESSION_SECRET":"••••"}',
      ]);
      await Promise.resolve();
    },

    async Cron(app) {
      const [shown] = readBlocks(GUIDE.split('\n## What runs\n')[1]!, 'text');
      expect(printPlan(app.plan)).toContain(shown!.trim());
      await Promise.resolve();
    },

    async Cache(app) {
      const [first, second] = [await app.inject({ url: '/prices' }), await app.inject({ url: '/prices' })];
      expect(second.json()).toEqual(first.json());
      expect(second.header('cache-status')).toMatch(/hit/);
    },

    async Health(app) {
      expect((await app.inject({ url: '/readyz' })).json()).toEqual({
        status: 'up',
        checks: { database: { status: 'up' } },
      });
    },

    async Metrics(app) {
      await app.inject({ url: '/metrics' });
      const { status, text } = await app
        .inject({ url: '/metrics' })
        .then((one) => ({ status: one.status, text: one.text() }));
      expect([status, text]).toEqual([200, expect.stringContaining('http_route="/metrics"')]);
      const stranger = await app.inject({ url: '/metrics', address: '203.0.113.7' });
      expect(stranger.status).toBe(403);
    },

    async Traces(app) {
      expect((await app.inject({ url: '/notes/1' })).text()).toBe('a note');
      expect(printPlan(app.plan)).not.toContain('tracing');
    },

    async Queue(app) {
      expect(printPlan(app.plan)).toMatch(/^JOB +mails +Mails\.send +/m);
      await Promise.resolve();
    },
  });
});
