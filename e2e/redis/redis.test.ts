import { setTimeout as sleep } from 'node:timers/promises';
import { keySlot, redis, redisScript } from '@sluice/redis';
import { until } from '../sockets/until';
import { CLIENTS } from './clients';
import { RedisCluster } from './redis-cluster';
import { RedisServer } from './redis-server';

const INCREMENT = redisScript(`return redis.call('INCRBY', KEYS[1], ARGV[1])`);
const FILL = redisScript(`return redis.call('SET', KEYS[1], ARGV[1])`);
const TIMEOUT_MS = 150;
const FROZEN_MS = 1000;

const logger = { info() {}, error() {} };

describe.each(CLIENTS)('@sluice/redis on a real Redis, with %s', (_name, open) => {
  it('runs a script, which it sends again when Redis has forgotten it', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const calls = redis({ client: opened.client, logger });
    expect(await calls.run(INCREMENT, ['n'], [1])).toBe(1);
    await server.command('SCRIPT', 'FLUSH');
    expect(await calls.run(INCREMENT, ['n'], [1])).toBe(2);
  });

  it('answers after the timeout while Redis is frozen, keeps a bounded number of calls, and recovers', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const calls = redis({ client: opened.client, timeoutMs: TIMEOUT_MS, maxPending: 50, logger });
    await calls.run(INCREMENT, ['n'], [1]);
    server.freeze();
    const started = performance.now();
    const reasons = await Promise.all(
      Array.from({ length: 80 }, () => calls.run(INCREMENT, ['n'], [1]).catch(({ reason }) => reason)),
    );
    expect(performance.now() - started).toBeLessThan(FROZEN_MS);
    expect(reasons.filter((reason) => reason === 'timeout')).toHaveLength(50);
    expect(reasons.filter((reason) => reason === 'pending')).toHaveLength(30);
    await sleep(FROZEN_MS);
    expect(calls.pending).toBe(50);
    await expect(calls.run(INCREMENT, ['n'], [1])).rejects.toMatchObject({ reason: 'pending' });
    server.thaw();
    await until(() => calls.pending === 0);
    // Every call that was sent ran once, the refused ones never.
    expect(await calls.run(INCREMENT, ['n'], [1])).toBe(52);
  });

  it('fails at once while Redis is down, replays nothing when it is back, and the process goes on', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const lines: string[] = [];
    const calls = redis({
      client: opened.client,
      timeoutMs: 2000,
      logger: { info: (line) => lines.push(line), error: (_error, line) => lines.push(line ?? '') },
    });
    await calls.run(INCREMENT, ['n'], [1]);
    await server.kill();
    await until(() => lines.length > 0);
    const started = performance.now();
    const down = await Promise.allSettled(Array.from({ length: 20 }, () => calls.run(INCREMENT, ['n'], [1])));
    expect(down.every(({ status }) => status === 'rejected')).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(calls.pending).toBe(0);
    await server.restart();
    await until(() => lines.length > 1);
    expect(await calls.run(INCREMENT, ['n'], [1])).toBe(1);
    expect(lines).toEqual(['Redis cannot be reached', 'Redis can be reached again.']);
  });

  it('does not send calls again that were under way when Redis was killed', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const calls = redis({ client: opened.client, timeoutMs: TIMEOUT_MS, logger });
    await calls.run(INCREMENT, ['n'], [1]);
    server.freeze();
    const underWay = Promise.allSettled(Array.from({ length: 20 }, () => calls.run(INCREMENT, ['n'], [1])));
    await sleep(20);
    await server.kill();
    await underWay;
    await server.restart();
    await until(() => calls.pending === 0);
    await sleep(4 * TIMEOUT_MS);
    expect(await server.command('EXISTS', 'n')).toBe('0');
  });

  it('passes on the error of a full Redis', async () => {
    await using server = await RedisServer.start('--maxmemory', '3mb', '--maxmemory-policy', 'noeviction');
    using opened = await open(server.port);
    const calls = redis({ client: opened.client, timeoutMs: 5000, logger });
    const fill = async (): Promise<void> => {
      for (let key = 0; key < 100; key++) await calls.run(FILL, [`k${key}`], ['x'.repeat(100_000)]);
    };
    await expect(fill()).rejects.toThrow(/OOM/);
    expect(calls.pending).toBe(0);
  });
});

describe('@sluice/redis on a cluster of three nodes', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });

  afterAll(() => cluster[Symbol.asyncDispose]());

  it('computes the slots that Redis computes', async () => {
    for (const key of ['a', '{203.0.113.7}:burst', 'x{2001:db8::}y', 'ä🜂', '{}{a}'])
      expect(await cluster.nodes[0]!.command('CLUSTER', 'KEYSLOT', key)).toBe(`${keySlot(key)}`);
  });

  it.each(CLIENTS)('runs a script on whichever node has the keys, with %s', async (_name, open) => {
    using opened = await open(...cluster.ports);
    const calls = redis({ client: opened.client, timeoutMs: 5000, logger });
    const keys = Array.from({ length: 30 }, (_, index) => `${_name}:{${index}}:n`);
    for (const key of keys) expect(await calls.run(INCREMENT, [key], [1])).toBe(1);
    for (const node of cluster.nodes) await node.command('SCRIPT', 'FLUSH');
    for (const key of keys) expect(await calls.run(INCREMENT, [key], [1])).toBe(2);
    const sizes = await Promise.all(cluster.nodes.map((node) => node.command('DBSIZE')));
    expect(sizes.every((size) => Number(size) > 0)).toBe(true);
    await expect(calls.run(INCREMENT, ['{a}', '{b}'])).rejects.toThrow(RangeError);
  });
});
