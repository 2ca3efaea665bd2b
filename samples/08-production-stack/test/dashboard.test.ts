import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createProductionStack } from '../src/create-production-stack';
import { Settings } from '../src/settings';
import { findFreePort } from '../../../e2e/sockets/find-free-port';

interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly datasource: object;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Readonly<Record<'h' | 'w' | 'x' | 'y', number>>;
  readonly datasource: object;
  readonly targets: readonly Target[];
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

/** The labels that an expression of PromQL and its legend name. */
function listLabels({ expr, legendFormat }: Target): string[] {
  const matchers = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, text]) =>
    [...text!.matchAll(/(\w+)=~?"/g)].map((match) => match[1]!),
  );
  const groups = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names]) => names!.split(', '));
  return [...matchers, ...groups, ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!)];
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

  it('names each process by its instance, because those of several machines have the same numbers', () => {
    const targets = DASHBOARD.panels.flatMap((panel) => panel.targets);
    const names = targets
      .map(({ legendFormat }) => legendFormat)
      .filter((text) => text.includes('{{worker}}'));
    expect(names).toHaveLength(5);
    for (const name of names) expect(name).toMatch(/^\{\{instance\}\} \{\{worker\}\}/);
  });

  it('asks only for metrics and labels that the running sample has', async () => {
    const port = await findFreePort();
    const settings = Object.assign(new Settings(), { METRICS_PORT: port });
    const app = await createProductionStack({
      settings,
      accessLog: { logger: { info() {}, warn() {}, error() {} } },
    });
    try {
      for (const url of ['/notes', '/notes/report'])
        await app.inject({ url, headers: { host: 'localhost' } });
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const present = new Set([...text.matchAll(/^([a-z_:][\w:]*)/gim)].map((match) => match[1]!));
      const targets = DASHBOARD.panels.flatMap((panel) => panel.targets);
      const asked = new Set(targets.flatMap(({ expr }) => listMetrics(expr)));
      const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map((match) => match[1]!));
      // Prometheus adds the first two, and several workers the third.
      for (const added of ['job', 'instance', 'worker']) labels.add(added);
      expect(targets.flatMap(listLabels).filter((label) => !labels.has(label))).toEqual([]);
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
