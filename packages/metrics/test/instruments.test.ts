import fc from 'fast-check';
import { ConfigurationError } from '@sluice/core';
import { metrics, type Counter } from '../src';
import { parseExposition, parseLabels } from './parse-exposition';

const make = () => metrics({ process: false });

async function read(meters: ReturnType<typeof make>, name: string): Promise<[string, number][]> {
  return [...parseExposition(await meters.read()).get(name)!.samples];
}

describe('a metric of the application', () => {
  it('counts, from zero if it has no labels', async () => {
    const meters = make();
    const orders = meters.counter('orders_total', { help: 'Orders.' });
    expect(await read(meters, 'orders_total')).toEqual([['orders_total', 0]]);
    orders.add(2);
    orders.add(0.5);
    expect(await read(meters, 'orders_total')).toEqual([['orders_total', 2.5]]);
  });

  it('has a series for each set of label values, in the order of the labels', async () => {
    const meters = make();
    const orders = meters.counter('orders_total', { help: 'Orders.', labels: ['kind', 'paid'] });
    orders.add(1, { kind: 'book', paid: true });
    orders.add(1, { paid: true, kind: 'book' });
    orders.add(1, { kind: 'book', paid: false });
    expect(await read(meters, 'orders_total')).toEqual([
      ['orders_total{kind="book",paid="true"}', 2],
      ['orders_total{kind="book",paid="false"}', 1],
    ]);
  });

  it('is set, rises and falls as a gauge', async () => {
    const meters = make();
    const queue = meters.gauge('queue_length', {
      help: 'Jobs that wait.',
      labels: ['queue'],
      combine: 'max',
    });
    queue.set(7, { queue: 'mail' });
    queue.add(-3, { queue: 'mail' });
    expect(await read(meters, 'queue_length')).toEqual([['queue_length{queue="mail"}', 4]]);
  });

  it('counts values by their size as a histogram; a bound belongs to its bucket', async () => {
    const meters = make();
    const sizes = meters.histogram('size_bytes', { help: 'Sizes.', buckets: [1, 10] });
    for (const value of [1, 1.5, 10, 11]) sizes.observe(value);
    expect(await read(meters, 'size_bytes')).toEqual([
      ['size_bytes_bucket{le="1"}', 1],
      ['size_bytes_bucket{le="10"}', 3],
      ['size_bytes_bucket{le="+Inf"}', 4],
      ['size_bytes_sum', 23.5],
      ['size_bytes_count', 4],
    ]);
  });

  it('finds the bucket of every value', async () => {
    const bounds = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
    const property = fc.asyncProperty(bounds, fc.integer({ min: -60, max: 60 }), async (any, value) => {
      const meters = make();
      const buckets = any.sort((a, b) => a - b);
      meters.histogram('found', { help: 'Found.', buckets }).observe(value);
      const samples = new Map(await read(meters, 'found'));
      for (const bound of buckets)
        expect(samples.get(`found_bucket{le="${bound}"}`)).toBe(value <= bound ? 1 : 0);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('keeps every text of a label, but for NUL, which ends the whole text for Prometheus', async () => {
    const property = fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const meters = make();
      meters.counter('any_total', { help: 'Any.', labels: ['text'] }).add(1, { text });
      const [[key = ''] = []] = await read(meters, 'any_total');
      expect(parseLabels(key.slice('any_total{'.length, -1))).toEqual({
        text: text.replaceAll('\0', '\uFFFD'),
      });
    });
    await fc.assert(property, { numRuns: 200, examples: [['a\0b']] });
  });

  it('has no NUL in its help, and keeps the rest of it', async () => {
    const meters = make();
    meters.counter('any_total', { help: 'A "b" \\ \n\0 c' });
    expect(await meters.read()).toContain('# HELP any_total A "b" \\\\ \\n\uFFFD c\n');
  });

  it('counts what comes after the last series in one of its own', async () => {
    const meters = make();
    const users = meters.counter('users_total', { help: 'Users.', labels: ['name'], maxSeries: 2 });
    for (let count = 0; count < 1000; count++) users.add(1, { name: `user ${count}` });
    expect(await read(meters, 'users_total')).toEqual([
      ['users_total{name="user 0"}', 1],
      ['users_total{name="user 1"}', 1],
      ['users_total{otel_metric_overflow="true"}', 998],
    ]);
  });

  it.each([-1, NaN, Infinity])('refuses %d as an amount of a counter', (amount) => {
    const counter: Counter = make().counter('orders_total', { help: 'Orders.' });
    expect(() => counter.add(amount)).toThrow(RangeError);
  });

  it('refuses a number that is not finite elsewhere', () => {
    const meters = make();
    expect(() => meters.gauge('length', { help: 'Length.' }).set(NaN)).toThrow(
      'The metric length cannot take NaN.',
    );
    expect(() => meters.histogram('size', { help: 'Size.' }).observe(Infinity)).toThrow(RangeError);
  });

  it.each([
    ['1st', { help: '' }, 'OPTION_INVALID'],
    ['orders', {}, 'OPTION_MISSING'],
    ['orders', undefined, 'OPTION_MISSING'],
    ['orders', { help: 'Orders.', name: 'orders' }, 'OPTION_UNKNOWN'],
    ['orders', { help: 'Orders.', labels: ['a-b'] }, 'OPTION_INVALID'],
    ['orders', { help: 'Orders.', labels: ['__name__'] }, 'OPTION_INVALID'],
    ['orders', { help: 'Orders.', labels: ['a', 'a'] }, 'OPTION_INVALID'],
    ['orders', { help: 'Orders.', labels: 'a' }, 'OPTION_INVALID'],
    ['orders', { help: 'Orders.', maxSeries: 0 }, 'OPTION_INVALID'],
    ['orders', { help: 'Orders.', buckets: [1] }, 'OPTION_UNKNOWN'],
    ['taken', { help: 'Orders.' }, 'OPTION_INVALID'],
  ])('refuses the name and options %s %j, and says which metric it is', (name, options, code) => {
    const meters = make();
    meters.gauge('taken', { help: 'Taken.' });
    const place = `metrics().counter(${JSON.stringify(name)})`;
    expect(() => meters.counter(name, options as { help: string })).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code, place })] }),
    );
  });

  it('refuses le as a label of a histogram', () => {
    expect(() => make().histogram('size', { help: 'Sizes.', labels: ['le'] })).toThrow(
      'labels must not have "le"',
    );
  });

  it('refuses a name that another metric has, whole or for one of its samples', () => {
    const meters = make();
    meters.histogram('size', { help: 'Sizes.' });
    expect(() => meters.counter('size', { help: 'Sizes.' })).toThrow(/already a metric with the name size\./);
    expect(() => meters.counter('size_count', { help: 'Sizes.' })).toThrow(
      /already a metric with the name size_count/,
    );
    expect(() => meters.gauge('http_server_request_duration_seconds', { help: 'Mine.' })).toThrow(
      ConfigurationError,
    );
  });

  it('has exactly its labels, for the compiler', () => {
    const meters = make();
    const orders = meters.counter('orders_total', { help: 'Orders.', labels: ['kind'] });
    const all = meters.counter('all_total', { help: 'All.' });
    all.add(1);
    orders.add(1, { kind: 'book' });
    // @ts-expect-error It has no labels.
    all.add(1, { kind: 'book' });
    // @ts-expect-error Its label is missing.
    orders.add(1);
    // @ts-expect-error It has another label.
    orders.add(1, { sort: 'book' });
  });
});
