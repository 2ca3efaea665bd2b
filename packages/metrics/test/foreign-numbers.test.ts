import { Counter, Gauge, Histogram, Registry, Summary, type OpenMetricsContentType } from 'prom-client';
import { createApp, guard } from '@sluice/core';
import { metrics, type TextRegistry } from '../src';
import { ForeignNumbers } from '../src/foreign-numbers';
import { parseText } from '../src/parse-text';
import { parseExposition } from './parse-exposition';
import fc from 'fast-check';

const make = (...registries: TextRegistry[]) => metrics({ process: false, registries });
const write = (text: string): TextRegistry => ({ metrics: () => text });

describe('a registry of prom-client', () => {
  it('is reported with all of its metrics', async () => {
    const registry = new Registry();
    const registers = [registry];
    new Counter({ name: 'jobs_total', help: 'Jobs\\ and\nmore.', labelNames: ['kind'], registers }).inc(
      { kind: 'a"\\\nb}' },
      3,
    );
    new Gauge({ name: 'jobs_waiting', help: 'Waiting.', registers }).set(-2.5);
    const histogram = new Histogram({
      name: 'job_seconds',
      help: 'Time.',
      labelNames: ['kind'],
      buckets: [1, 2],
      registers,
    });
    histogram.observe({ kind: 'a' }, 1.5);
    histogram.observe({ kind: 'b' }, 5);
    new Summary({ name: 'job_bytes', help: 'Sizes.', percentiles: [0.5], registers }).observe(7);
    new Gauge({ name: 'unused', help: 'Without a series.', labelNames: ['kind'], registers });
    const ours = parseExposition(await make(registry).read());
    const theirs = parseText(await registry.metrics()).filter(({ samples }) => samples.length > 0);
    expect([...ours.keys()]).toEqual(theirs.map(({ name }) => name));
    for (const { name, samples, type } of theirs) {
      expect(ours.get(name)!.type).toBe(type);
      const heads = samples.map(({ name: head, labels, value }) => [
        labels === '' ? head : `${head}{${labels}}`,
        value,
      ]);
      expect([...ours.get(name)!.samples]).toEqual(expect.arrayContaining(heads));
      expect(ours.get(name)!.samples.size).toBe(heads.length);
    }
    expect(ours.get('jobs_total')!.samples.get('jobs_total{kind="a\\"\\\\\\nb}"}')).toBe(3);
    expect(ours.get('job_bytes')!.samples.get('job_bytes_count')).toBe(1);
  });
});

describe('a registry of prom-client that writes OpenMetrics', () => {
  it('is reported with the types of its counters and every bucket, without the exemplars', async () => {
    const registry = new Registry<OpenMetricsContentType>();
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    const registers = [registry];
    new Counter({ name: 'jobs_total', help: 'Jobs.', labelNames: ['kind'], registers }).inc({ kind: '#' }, 3);
    const exemplarLabels = { trace_id: '0af7651916cd43dd8448eb211c80319c' };
    const histogram = new Histogram({
      name: 'job_seconds',
      help: 'Time.',
      buckets: [1, 2],
      enableExemplars: true,
      registers,
    });
    histogram.observe({ labels: {}, value: 1.5, exemplarLabels });
    const written = await registry.metrics();
    expect(written).toMatch(/^job_seconds_bucket\{le="2"\} 1 # \{trace_id="/m);
    const ours = parseExposition(await make(registry).read());
    expect([...ours.keys()]).toEqual(['jobs_total', 'job_seconds']);
    expect(ours.get('jobs_total')).toMatchObject({ type: 'counter', help: 'Jobs.' });
    expect([...ours.get('jobs_total')!.samples]).toEqual([['jobs_total{kind="#"}', 3]]);
    expect([...ours.get('job_seconds')!.samples]).toEqual([
      ['job_seconds_bucket{le="1"}', 0],
      ['job_seconds_bucket{le="2"}', 1],
      ['job_seconds_bucket{le="+Inf"}', 1],
      ['job_seconds_sum', 1.5],
      ['job_seconds_count', 1],
    ]);
  });
});

describe('registries', () => {
  const JOBS = '# HELP jobs_total Jobs.\n# TYPE jobs_total counter\njobs_total 3\n';

  it.each([
    ['twice', [JOBS, JOBS], 'there is another jobs_total'],
    [
      'under a name of requests',
      [
        `${JOBS}# TYPE http_server_request_duration_seconds_count counter\nhttp_server_request_duration_seconds_count 1\n`,
      ],
      'there is another http_server_request_duration_seconds_count',
    ],
    [
      'as the samples of a histogram',
      [`${JOBS}# TYPE jobs histogram\njobs_sum 1\n# TYPE jobs_sum counter\njobs_sum 2\n`],
      undefined,
    ],
  ])('with a metric that is there %s do not spoil the text', async (_, texts, problem) => {
    const warned: string[] = [];
    const meters = make(...texts.map(write));
    const routes = meters.routes({ middleware: [guard(() => undefined)] });
    const logger = { info() {}, warn: (text: string) => void warned.push(text), error() {} };
    await using app = await createApp({ routes, middleware: [meters], logger });
    await app.inject({ url: '/metrics' });
    const families = parseExposition((await app.inject({ url: '/metrics' })).text());
    expect([...families.get('jobs_total')!.samples]).toEqual([['jobs_total', 3]]);
    if (problem !== undefined) expect(warned).toEqual([expect.stringContaining(problem)]);
  });

  it('are left out, and logged, if they fail, hang or write something else', async () => {
    const warned: string[] = [];
    const hangs = { metrics: () => new Promise<string>(() => undefined) };
    const fails = { metrics: () => Promise.reject(new Error('gone')) };
    const throws: TextRegistry = {
      metrics: () => {
        throw new Error('thrown');
      },
    };
    const meters = make(hangs, fails, throws, write('<html>\n</html>'), write(JOBS));
    const logger = { info() {}, warn: (text: string) => void warned.push(text), error() {} };
    await using app = await createApp({
      routes: meters.routes({ middleware: [guard(() => undefined)] }),
      logger,
    });
    const response = await app.inject({ url: '/metrics' });
    expect([...parseExposition(response.text()).keys()]).toEqual(['jobs_total']);
    await app.inject({ url: '/metrics' });
    expect(warned.sort()).toEqual([
      'A registry of metrics() could not be read: It did not answer in time.',
      'A registry of metrics() could not be read: gone',
      'A registry of metrics() could not be read: thrown',
    ]);
  });

  it('are reported where only another worker has a series of a metric', async () => {
    const foreign = new ForeignNumbers(
      [write('# HELP jobs_total Jobs.\n# TYPE jobs_total counter\n')],
      new Set(),
    );
    expect((await foreign.read()).counters).toEqual({});
    expect(foreign.format(new Map())).toBe('');
    const samples: [string, number[]][] = [['jobs_total{kind="a"}', [3]]];
    expect(foreign.format(new Map([['|jobs_total', samples]]))).toBe(
      '# HELP jobs_total Jobs.\n# TYPE jobs_total counter\njobs_total{kind="a"} 3\n',
    );
  });

  it('may have a metric without a series whose name is taken', async () => {
    const foreign = new ForeignNumbers([write('# TYPE jobs_total counter\n'), write(JOBS)], new Set());
    expect((await foreign.read()).counters).toEqual({ '|jobs_total{jobs_total}': [3] });
    expect(foreign.problems).toEqual([]);
  });

  it('keep what only grows while they fail, so that no sum of several workers falls', async () => {
    const failing = { isOver: false };
    const metrics = (): string => {
      if (failing.isOver) throw new Error('gone');
      return `${JOBS}# TYPE jobs_waiting gauge\njobs_waiting 2\n# TYPE job_bytes summary\njob_bytes{quantile="0.5"} 7\njob_bytes_sum 7\n`;
    };
    const foreign = new ForeignNumbers([{ metrics }, write('late 1\n')], new Set());
    const { gauges } = await foreign.read();
    expect(Object.keys(gauges)).toEqual([
      '|jobs_waiting{jobs_waiting}',
      '|job_bytes{job_bytes{quantile="0.5"}}',
      '|late{late}',
    ]);
    failing.isOver = true;
    for (let count = 0; count < 2; count++)
      expect(await foreign.read()).toEqual({
        counters: { '|jobs_total{jobs_total}': [3], '|job_bytes{job_bytes_sum}': [7] },
        gauges: { '|late{late}': [1] },
      });
    expect(foreign.problems).toEqual(['A registry of metrics() could not be read: gone']);
  });

  it('never make the text invalid, whatever they write', async () => {
    const part = fc.constantFrom(
      '# HELP a A.',
      '# TYPE a counter',
      '# TYPE a histogram',
      '# TYPE b summary',
      '# TYPE ',
      '# EOF',
      '# HELP',
      'a 1',
      'a{b="c"} 2',
      'a{b="c",} 2 123',
      'a_bucket{le="1"} 1',
      'a_sum 1',
      'b{quantile="0.5"} NaN',
      'b_count +Inf',
      'a{b="c} 1',
      'a{b="c"}1',
      'a',
      ' ',
      '\t',
      '{',
      '}',
      '9a 1',
      'a 1 2 3',
      '\r',
      'a{worker="1"} 5',
    );
    const line = fc.oneof(part, fc.string());
    const property = fc.asyncProperty(fc.array(fc.array(line), { maxLength: 3 }), async (texts) => {
      const text = await make(...texts.map((lines) => write(lines.join('\n')))).read();
      for (const one of text.split('\n').slice(0, -1))
        expect(one).toMatch(/^(?:# (?:HELP|TYPE) [\w:]+ .*|[a-zA-Z_:][\w:]*(?:\{.+\})? \S+)$/s);
      const heads = text.split('\n').filter((one) => one.startsWith('# TYPE'));
      expect(new Set(heads).size).toBe(heads.length);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('the text of a registry', () => {
  it('may have blanks between its words, which are not kept', () => {
    const text =
      '\ta { b = "1, {x}" ,\tc="2 = 3"\t, } \t 4  170\na{ } 5\na {b="1"}6\na{b="1" c="2"} 7\na{,} 8\n';
    expect(parseText(text).flatMap(({ samples }) => samples)).toEqual([
      { name: 'a', labels: 'b="1, {x}",c="2 = 3"', value: 4 },
      { name: 'a', labels: '', value: 5 },
      { name: 'a', labels: 'b="1"', value: 6 },
    ]);
  });

  it('has no NUL in its labels, which no line of Prometheus may have', () => {
    expect(parseText('a{b="c\0d"} 1\n')[0]!.samples).toEqual([
      { name: 'a', labels: 'b="c\uFFFDd"', value: 1 },
    ]);
  });

  it('has no numbers that are not finite', () => {
    expect(parseText('a NaN\na +Inf\na -Inf\na 1e3\n').flatMap(({ samples }) => samples)).toEqual([
      { name: 'a', labels: '', value: 1000 },
    ]);
  });

  it('is read in whatever order its lines are', () => {
    const text = 'b 1\n# TYPE a counter\na{x="1"} 1\nb{y="2",} 2 1700000000000\na{x="2"} 2.5e+3\n# The end\n';
    expect(parseText(text)).toEqual([
      {
        name: 'b',
        type: 'untyped',
        help: '',
        samples: [
          { name: 'b', labels: '', value: 1 },
          { name: 'b', labels: 'y="2"', value: 2 },
        ],
      },
      {
        name: 'a',
        type: 'counter',
        help: '',
        samples: [
          { name: 'a', labels: 'x="1"', value: 1 },
          { name: 'a', labels: 'x="2"', value: 2500 },
        ],
      },
    ]);
  });
});
