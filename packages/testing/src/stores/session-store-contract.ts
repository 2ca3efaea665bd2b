import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionStore } from '@sluice/session';
import type { ContractCase } from './contract-case';

/** The store under test. */
export interface SessionStoreUnderTest {
  /** Makes a store, for every case. It need not be empty: the cases use keys that no other run has used. */
  makeStore(): SessionStore | Promise<SessionStore>;
  /** Moves the clock of the store forward. Default: waits. */
  readonly elapse?: (seconds: number) => void | Promise<void>;
  /** Whether the store knows epochs of users. Default: true. */
  readonly knowsUsers?: boolean;
}

const HOUR = 3600;
const PARALLEL = 50;

/**
 * The promises of every store of `@sluice/session`, as cases for any test runner. Without `elapse` they take some five
 * seconds, because they wait for records to expire.
 *
 * @example for (const { title, run } of sessionStoreContract({ makeStore })) it(title, run);
 */
export function sessionStoreContract({
  makeStore,
  elapse = async (seconds) => sleep(seconds * 1000),
  knowsUsers = true,
}: SessionStoreUnderTest): readonly ContractCase[] {
  const cases: ContractCase[] = [];

  function promise(title: string, check: (store: SessionStore, key: string) => Promise<void>): void {
    cases.push({ title, run: async () => check(await makeStore(), makeKey()) });
  }

  promise('has nothing under a key that was never set', async (store, key) => {
    assert.equal(await store.get(key), undefined);
  });

  promise('creates a record with ifVersion 0, as version 1', async (store, key) => {
    const data = '@0 x\n{"user":"ädä 🜂\\u0000"}';
    assert.equal(await store.set(key, data, write(0)), true);
    assert.deepEqual(await store.get(key), { data, version: 1 });
  });

  promise('refuses to create a record that exists', async (store, key) => {
    await store.set(key, '{"n":1}', write(0));
    assert.equal(await store.set(key, '{"n":2}', write(0)), false);
    assert.deepEqual(await store.get(key), { data: '{"n":1}', version: 1 });
  });

  promise('refuses to write a record that does not exist', async (store, key) => {
    assert.equal(await store.set(key, '{"n":2}', write(1)), false);
    assert.equal(await store.get(key), undefined);
  });

  promise('increments the version with every write', async (store, key) => {
    for (const n of [0, 1, 2]) assert.equal(await store.set(key, `{"n":${n}}`, write(n)), true);
    assert.deepEqual(await store.get(key), { data: '{"n":2}', version: 3 });
  });

  promise('refuses a write with another version, older or newer', async (store, key) => {
    for (const n of [0, 1]) await store.set(key, `{"n":${n}}`, write(n));
    for (const version of [1, 3]) assert.equal(await store.set(key, '{"late":true}', write(version)), false);
    assert.deepEqual(await store.get(key), { data: '{"n":1}', version: 2 });
  });

  promise(`lets exactly one of ${PARALLEL} concurrent writes win`, async (store, key) => {
    await store.set(key, '{}', write(0));
    const writes = Array.from({ length: PARALLEL }, async (_, n) => store.set(key, `{"n":${n}}`, write(1)));
    assert.equal((await Promise.all(writes)).filter(Boolean).length, 1);
    assert.equal((await store.get(key))?.version, 2);
  });

  promise('keeps keys apart', async (store, key) => {
    const other = makeKey();
    await store.set(key, '{"n":1}', write(0));
    await store.set(other, '{"n":2}', write(0));
    await store.destroy(key);
    assert.deepEqual(await store.get(other), { data: '{"n":2}', version: 1 });
  });

  promise('returns what a destroyed record had, once', async (store, key) => {
    await store.set(key, '{"n":1}', write(0));
    assert.equal(await store.destroy(key), '{"n":1}');
    assert.equal(await store.destroy(key), undefined);
    assert.equal(await store.get(key), undefined);
  });

  promise('accepts the destruction of a record that does not exist', async (store, key) => {
    assert.equal(await store.destroy(key), undefined);
    assert.equal(await store.get(key), undefined);
  });

  promise('does not bring a destroyed record back with a late write or touch', async (store, key) => {
    await store.set(key, '{"n":1}', write(0));
    await store.destroy(key);
    for (const version of [0, 1, 2]) {
      assert.equal(await store.set(key, '{"n":2}', write(version)), false);
      assert.equal(await store.touch(key, write(version)), false);
    }
    assert.equal(await store.get(key), undefined);
  });

  promise('treats an expired record as missing: for reading, writing and touching', async (store, key) => {
    await store.set(key, '{"n":1}', { ttlSeconds: 1, ifVersion: 0 });
    await elapse(1.2);
    assert.equal(await store.get(key), undefined);
    assert.equal(await store.touch(key, write(1)), false);
    assert.equal(await store.set(key, '{"n":2}', write(1)), false);
    assert.equal(await store.set(key, '{"n":3}', write(0)), true);
  });

  promise('gives a touched record more time and changes nothing else', async (store, key) => {
    await store.set(key, '{"n":1}', { ttlSeconds: 1, ifVersion: 0 });
    assert.equal(await store.touch(key, write(1)), true);
    await elapse(1.2);
    assert.deepEqual(await store.get(key), { data: '{"n":1}', version: 1 });
  });

  promise('does not touch a record of another version, nor create one', async (store, key) => {
    assert.equal(await store.touch(key, write(0)), false);
    assert.equal(await store.get(key), undefined);
    await store.set(key, '{"n":1}', { ttlSeconds: 1, ifVersion: 0 });
    assert.equal(await store.touch(key, write(2)), false);
    await elapse(1.2);
    assert.equal(await store.get(key), undefined);
  });

  if (knowsUsers) {
    promise(
      'begins with epoch 0, and gives each user a later one whenever it is raised',
      async (store, key) => {
        const epochs = [await store.readEpoch!(key)];
        for (let time = 0; time < 3; time++) {
          await store.raiseEpoch!(key);
          epochs.push(await store.readEpoch!(key));
        }
        assert.equal(epochs[0], 0);
        for (const [index, epoch] of epochs.entries())
          assert.ok(Number.isSafeInteger(epoch) && epoch > (epochs[index - 1] ?? -1), `${epochs.join()}`);
        assert.equal(await store.readEpoch!(makeKey()), 0);
      },
    );
  }

  return cases;
}

function write(ifVersion: number) {
  return { ttlSeconds: HOUR, ifVersion };
}

/** A key as the session middleware makes it: a SHA-256 as base64url. */
function makeKey(): string {
  return randomBytes(32).toString('base64url');
}
