import { type ConfigurationError } from '@sluice/core';
import { redisStore, type RedisStoreOptions } from '../src';

/** A client that answers every script with one reply, and records its keys. */
function makeClient(reply: unknown) {
  const keys: (string | undefined)[] = [];
  const run = (_script: string, options?: { keys?: string[] }) => {
    keys.push(...(options?.keys ?? []));
    return Promise.resolve(reply);
  };
  return { keys, client: { evalSha: run, eval: run, on() {}, options: { disableOfflineQueue: true } } };
}

describe('redisStore', () => {
  it.each<[object, string]>([
    [{}, 'OPTION_MISSING'],
    [{ client: {} }, 'OPTION_INVALID'],
    [{ client: makeClient(1).client, prefix: 'a{b}' }, 'OPTION_INVALID'],
    [{ client: makeClient(1).client, prefix: '' }, 'OPTION_INVALID'],
    [{ client: makeClient(1).client, timeoutMs: 0 }, 'OPTION_INVALID'],
    [{ client: makeClient(1).client, ttl: 5 }, 'OPTION_UNKNOWN'],
    [{ client: { ...makeClient(1).client, options: {} } }, 'OPTION_INVALID'],
  ])('refuses to start with %j', (options, code) => {
    let problems: unknown;
    try {
      redisStore(options as RedisStoreOptions);
    } catch (error) {
      problems = (error as ConfigurationError).problems;
    }
    expect(problems).toMatchObject([{ code }]);
  });

  it('uses one key for each call, with a hash tag', async () => {
    const { keys, client } = makeClient(1);
    const store = redisStore({ client, prefix: 'shop:' });
    await store.set('abc', '{}', { ttlSeconds: 60, ifVersion: 0 });
    await store.touch('abc', { ttlSeconds: 60, ifVersion: 1 });
    await store.destroy('abc');
    await store.readEpoch('ada');
    await store.raiseEpoch('ada');
    expect(keys).toEqual(['shop:{abc}', 'shop:{abc}', 'shop:{abc}', 'shop:user:{ada}', 'shop:user:{ada}']);
    expect(store.pending).toBe(0);
  });

  it.each([[[null, null]], [[null, 'x']]])('takes the answer %j for no session', async (reply) => {
    expect(await redisStore({ client: makeClient(reply).client }).get('abc')).toBeUndefined();
  });

  it.each([[[]], ['OK'], [null], [['1', null]], [['x', '{}']]])(
    'fails, rather than begin an empty session, at the answer %j',
    async (reply) => {
      await expect(redisStore({ client: makeClient(reply).client }).get('abc')).rejects.toThrow(TypeError);
    },
  );
});
