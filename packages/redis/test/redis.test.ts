import { EventEmitter } from 'node:events';
import { ConfigurationError } from '@sluice/core';
import { redis, redisScript, type RedisClient, type RedisOptions } from '../src';
import { FakeIoredis, FakeNodeRedis } from './fake-client';

const SCRIPT = redisScript(`return redis.call('INCRBY', KEYS[1], ARGV[1])`);
const CLIENTS = [
  ['node-redis', () => new FakeNodeRedis()],
  ['ioredis', () => new FakeIoredis()],
] as const;

describe.each(CLIENTS)('redis with a client in the form of %s', (_name, makeClient) => {
  it('runs a script by its SHA-1, with keys and values as texts', async () => {
    const client = makeClient();
    const running = redis({ client }).run(SCRIPT, ['{a}:1', '{a}:2'], [7, 'x']);
    await turn();
    expect(client.calls).toMatchObject([
      { command: 'evalsha', text: SCRIPT.sha1, keys: ['{a}:1', '{a}:2'], values: ['7', 'x'] },
    ]);
    client.calls[0]!.resolve(9);
    expect(await running).toBe(9);
  });

  it('sends the source once if Redis does not know the script', async () => {
    const client = makeClient();
    const running = redis({ client }).run(SCRIPT, ['a'], [1]);
    await turn();
    client.calls[0]!.reject(new Error('NOSCRIPT No matching script. Please use EVAL.'));
    await turn();
    expect(client.calls).toMatchObject([
      { command: 'evalsha' },
      { command: 'eval', text: SCRIPT.source, keys: ['a'], values: ['1'] },
    ]);
    client.calls[1]!.resolve(1);
    expect(await running).toBe(1);
  });

  it('never sends a script again after another error', async () => {
    const client = makeClient();
    const running = redis({ client }).run(SCRIPT, ['a'], [1]);
    await turn();
    client.calls[0]!.reject(new Error('Connection is closed.'));
    await expect(running).rejects.toThrow('Connection is closed.');
    expect(client.calls).toHaveLength(1);
  });

  it('does not send the source after the timeout, because the request was answered', async () => {
    const client = makeClient();
    const calls = redis({ client, timeoutMs: 20 });
    await expect(calls.run(SCRIPT, ['a'])).rejects.toMatchObject({ reason: 'timeout' });
    client.calls[0]!.reject(new Error('NOSCRIPT No matching script.'));
    await turn();
    expect(client.calls).toHaveLength(1);
    expect(calls.pending).toBe(0);
  });

  it('refuses keys of different slots without sending them', async () => {
    const client = makeClient();
    await expect(redis({ client }).run(SCRIPT, ['a', 'b'])).rejects.toThrow(RangeError);
    expect(client.calls).toHaveLength(0);
  });

  it('has 1,000 unanswered calls at most', async () => {
    const client = makeClient();
    const calls = redis({ client, timeoutMs: 50 });
    const running = Array.from({ length: 1100 }, () =>
      calls.run(SCRIPT, ['a']).catch(({ reason }) => reason),
    );
    const reasons = await Promise.all(running);
    expect(reasons.filter((reason) => reason === 'pending')).toHaveLength(100);
    expect([client.calls.length, calls.pending]).toEqual([1000, 1000]);
    for (const call of client.calls) call.resolve(1);
    await turn();
    expect(calls.pending).toBe(0);
  });

  it('listens to errors if nothing else does, and logs an outage once', () => {
    const client = makeClient();
    const log: string[] = [];
    const logger = {
      info: (text: string) => log.push(text),
      error: (error: unknown) => log.push(String(error)),
    };
    redis({ client, logger: logger });
    for (let attempt = 0; attempt < 3; attempt++) client.emit('error', new Error('ECONNREFUSED'));
    client.emit('ready');
    expect(log).toEqual(['Error: ECONNREFUSED', 'Redis can be reached again.']);
    redis({ client, logger: logger });
    expect(client.listenerCount('error')).toBe(1);
  });

  it('leaves errors to the listener of the application', () => {
    const client = makeClient();
    client.on('error', () => {});
    redis({ client });
    expect(client.listenerCount('error')).toBe(1);
  });
});

describe('the client', () => {
  it.each([
    ['node-redis by default', new FakeNodeRedis({}), 'disableOfflineQueue: true'],
    ['a cluster of node-redis', hide(new FakeNodeRedis({ defaults: {} })), 'disableOfflineQueue: true'],
    ['ioredis by default', new FakeIoredis({}), 'enableOfflineQueue: false, maxRetriesPerRequest: 0'],
    [
      'ioredis that sends unanswered commands again',
      new FakeIoredis({ enableOfflineQueue: false, maxRetriesPerRequest: 20 }),
      'maxRetriesPerRequest: 0',
    ],
    ['a cluster of ioredis', new FakeIoredis({}, true), 'enableOfflineQueue: false'],
  ])('%s is refused, because it would replay writes', (_name, client, needed) => {
    const problem = catchProblem({ client: client as RedisClient });
    expect(problem.code).toBe('OPTION_INVALID');
    expect(problem.cure).toContain(`Make the client with ${needed};`);
    expect(() => redis({ client: client as RedisClient, allowReplay: true })).not.toThrow();
    // A store names the function that its user has called.
    expect(() => redis({ client: client as RedisClient }, 'redisStore')).toThrow('redisStore()');
  });

  it.each([
    ['a cluster of node-redis', hide(new FakeNodeRedis({ defaults: { disableOfflineQueue: true } }))],
    ['a cluster of ioredis', new FakeIoredis({ enableOfflineQueue: false }, true)],
    [
      'ioredis that does not resend',
      new FakeIoredis({ enableOfflineQueue: false, autoResendUnfulfilledCommands: false }),
    ],
    ['one that hides its options', hide(new FakeIoredis(), false)],
  ])('%s is accepted without a queue', (_name, client) => {
    expect(() => redis({ client: client as RedisClient })).not.toThrow();
  });

  it.each([{}, null, 'redis://127.0.0.1', new EventEmitter()])('is refused if it is %p', (client) => {
    expect(catchProblem({ client: client as never }).fault).toBe(
      'client must be a client of node-redis or ioredis.',
    );
  });
});

describe('the options', () => {
  it.each([
    [{ timeoutMs: 0 }, 'OPTION_INVALID'],
    [{ maxPending: 0 }, 'OPTION_INVALID'],
    [{ timeout: 5 }, 'OPTION_UNKNOWN'],
    [{ allowReplay: 'yes' }, 'OPTION_INVALID'],
    [{ logger: { info() {} } }, 'OPTION_INVALID'],
  ])('%j is refused', (options, code) => {
    expect(catchProblem({ client: new FakeNodeRedis(), ...options } as RedisOptions).code).toBe(code);
  });

  it('cannot do without a client', () => {
    expect(catchProblem({} as RedisOptions).code).toBe('OPTION_MISSING');
  });
});

function catchProblem(options: RedisOptions) {
  try {
    redis(options);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems[0]!;
    throw error;
  }
  throw new Error('The options were accepted.');
}

/** Moves the options of a client to where a cluster of node-redis has them, or nowhere. */
function hide(client: { options: object }, keep = true): object {
  const hidden = client as { options?: object; _options?: object };
  if (keep) hidden._options = hidden.options!;
  delete hidden.options;
  return client;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
