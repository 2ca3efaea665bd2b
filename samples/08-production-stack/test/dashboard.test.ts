import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createProductionStack } from '../src/create-production-stack';
import { Settings } from '../src/settings';
import { findFreePort } from '../../../e2e/sockets/find-free-port';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Readonly<Record<'h' | 'w' | 'x' | 'y', number>>;
  readonly datasource: object;
  readonly targets: readonly { readonly refId: string; readonly expr: string; readonly datasource: object }[];
}

const DASHBOARD = JSON.parse(readFileSync(path.resolve(__dirname, '../grafana/dashboard.json'), 'utf8')) as {
  readonly title: string;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly Panel[];
};
const SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** The names of metrics in an expression of PromQL: everything before `{`. */
function listMetrics(expression: string): string[] {
  return [...expression.matchAll(/([a-z_:][\w:]*)\{/g)].map((match) => match[1]!);
}

describe('grafana/dashboard.json', () => {
  it('has what an import needs: names, a data source to choose, and panels side by side', () => {
    expect(DASHBOARD).toMatchObject({
      title: expect.any(String),
      uid: expect.stringMatching(/^[\w-]{1,40}$/),
    });
    expect(DASHBOARD.schemaVersion).toBeGreaterThanOrEqual(36);
    expect(DASHBOARD).not.toHaveProperty('id');
    expect(DASHBOARD.templating.list).toContainEqual(
      expect.objectContaining({ name: 'datasource', type: 'datasource', query: 'prometheus' }),
    );
    const taken = new Set<string>();
    for (const { id, type, title, gridPos, datasource, targets } of DASHBOARD.panels) {
      expect([type, datasource]).toEqual(['timeseries', SOURCE]);
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) taken.add(`${gridPos.y} ${x} of ${id}`);
      expect(targets.length).toBeGreaterThan(0);
      for (const target of targets) expect(target.datasource).toEqual(SOURCE);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
    expect(new Set([...taken].map((cell) => cell.split(' of ')[0])).size).toBe(taken.size);
    expect(new Set(DASHBOARD.panels.map(({ id }) => id)).size).toBe(DASHBOARD.panels.length);
  });

  it('asks only for metrics that the running sample has', async () => {
    const port = await findFreePort();
    const settings = Object.assign(new Settings(), { METRICS_PORT: port });
    const app = await createProductionStack({
      settings,
      accessLog: { logger: { info() {}, warn() {}, error() {} } },
    });
    try {
      await app.inject({ url: '/notes', headers: { host: 'localhost' } });
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const present = new Set([...text.matchAll(/^([a-z_:][\w:]*)/gim)].map((match) => match[1]!));
      const asked = new Set(
        DASHBOARD.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => listMetrics(expr))),
      );
      expect([...asked].filter((name) => !present.has(name))).toEqual([]);
      expect([...asked].sort()).toEqual([
        'http_server_active_requests',
        'http_server_request_duration_seconds_bucket',
        'http_server_request_duration_seconds_count',
        'nodejs_eventloop_lag_mean_seconds',
        'nodejs_eventloop_lag_p99_seconds',
        'nodejs_heap_size_used_bytes',
        'process_cpu_seconds_total',
        'process_resident_memory_bytes',
        'under_pressure_refusals_total',
      ]);
    } finally {
      await app.close();
    }
  });
});
