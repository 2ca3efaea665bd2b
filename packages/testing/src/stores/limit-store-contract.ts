import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitPolicy, LimitState, LimitStore, LimitTake } from '@sluice/rate-limit';
import type { ContractCase } from './contract-case';

/** The store under test. */
export interface LimitStoreUnderTest {
  /** Makes a store, for every case. It need not be empty: the cases use keys that no other run has used. */
  makeStore(): LimitStore | Promise<LimitStore>;
  /** Whether a request that one policy refuses takes nothing from the others. Default: true, as it should be. */
  readonly takesAllOrNone?: boolean;
}

/**
 * The promises of every store of `@sluice/rate-limit`, as cases for any test runner. They take some four seconds,
 * because they wait for windows to pass.
 *
 * @example for (const { title, run } of limitStoreContract({ makeStore })) it(title, run);
 */
export function limitStoreContract({
  makeStore,
  takesAllOrNone = true,
}: LimitStoreUnderTest): readonly ContractCase[] {
  const cases: ContractCase[] = [];

  function promise(title: string, check: (tester: Tester) => Promise<void>): void {
    cases.push({ title, run: async () => check(new Tester(await makeStore())) });
  }

  promise('lets exactly as many requests pass as the limit allows', async (tester) => {
    const policy = makePolicy(3, 60);
    const states = await tester.takeTimes(5, { policy });
    assert.deepEqual(
      states.map(({ isAllowed }) => isAllowed),
      [true, true, true, false, false],
    );
    assert.deepEqual(
      states.map(({ remaining }) => remaining),
      [2, 1, 0, 0, 0],
    );
  });

  promise('lets exactly as many of 100 parallel requests pass', async (tester) => {
    const policy = makePolicy(5, 60);
    const states = await Promise.all(Array.from({ length: 100 }, () => tester.take({ policy })));
    assert.equal(states.filter(({ isAllowed }) => isAllowed).length, 5);
  });

  promise('names times within the window, and a time to wait only when it refuses', async (tester) => {
    const policy = makePolicy(1, 60);
    const passed = await tester.take({ policy });
    const refused = await tester.take({ policy });
    assert.equal(passed.retryAfterMs, 0);
    for (const time of [passed.resetMs, refused.resetMs, refused.retryAfterMs])
      assert.ok(time > 0 && time <= 60_000, `${time} ms is not within the window of 60 seconds.`);
  });

  promise('lets the next request pass after the time that it named', async (tester) => {
    const policy = makePolicy(2, 1);
    const refused = (await tester.takeTimes(3, { policy }))[2]!;
    assert.equal(refused.isAllowed, false);
    await sleep(refused.retryAfterMs + 50);
    assert.equal((await tester.take({ policy })).isAllowed, true);
  });

  promise('lets as many requests pass again after a window', async (tester) => {
    const policy = makePolicy(4, 1);
    await tester.takeTimes(4, { policy });
    await sleep(1100);
    const states = await tester.takeTimes(5, { policy });
    assert.equal(states.filter(({ isAllowed }) => isAllowed).length, 4);
  });

  promise('counts clients apart', async (tester) => {
    const policy = makePolicy(1, 60);
    for (const client of ['203.0.113.7', '2001:db8:0:1::/64', 'session:a-b_c', 'header:#3q2-7w'])
      assert.equal((await tester.take({ policy, client })).isAllowed, true);
  });

  promise('counts policies apart', async (tester) => {
    for (const policy of [makePolicy(1, 60), makePolicy(1, 30), makePolicy(1, 60, 'other')])
      assert.equal((await tester.take({ policy })).isAllowed, true);
  });

  promise('takes the cost of a request, and nothing for a cost of 0', async (tester) => {
    const policy = makePolicy(5, 60);
    const costs = [3, 0, 2, 0];
    const states: LimitState[] = [];
    for (const cost of costs) states.push(await tester.take({ policy, cost }));
    assert.deepEqual(
      states.map(({ remaining }) => remaining),
      [2, 2, 0, 0],
    );
    assert.ok(states.every(({ isAllowed }) => isAllowed));
    assert.equal((await tester.take({ policy })).isAllowed, false);
  });

  promise('answers for several policies in their order', async (tester) => {
    const states = await tester.takeAll([makePolicy(5, 60), makePolicy(9, 600)]);
    assert.deepEqual(
      states.map((state) => state?.remaining),
      [4, 8],
    );
  });

  if (takesAllOrNone) {
    promise('takes nothing from any policy when one refuses', async (tester) => {
      const [narrow, wide] = [makePolicy(1, 60), makePolicy(3, 600)];
      await tester.takeAll([wide, narrow]);
      for (let time = 0; time < 5; time++) {
        const states = await tester.takeAll([wide, narrow]);
        assert.ok(states.some((state) => state?.isAllowed === false));
      }
      assert.equal((await tester.take({ policy: wide })).remaining, 1);
    });

    promise('takes from all or none of the policies in 50 parallel requests', async (tester) => {
      const [narrow, wide] = [makePolicy(5, 60), makePolicy(20, 600)];
      await Promise.all(Array.from({ length: 50 }, () => tester.takeAll([wide, narrow])));
      assert.equal((await tester.take({ policy: wide, cost: 0 })).remaining, 15);
    });
  }

  return cases;
}

let clients = 0;

/** Takes for clients that no other case has. */
class Tester {
  private readonly prefix = `t${process.pid}-${Date.now()}-${clients++}:`;

  constructor(private readonly store: LimitStore) {}

  async take({ policy, client = '', cost = 1 }: Taken): Promise<LimitState> {
    const [state] = await this.store.take([this.describe(policy, client, cost)]);
    assert.ok(state !== undefined, 'The store has not answered for the policy.');
    return state;
  }

  async takeTimes(times: number, taken: Taken): Promise<LimitState[]> {
    const states: LimitState[] = [];
    for (let time = 0; time < times; time++) states.push(await this.take(taken));
    return states;
  }

  async takeAll(policies: readonly LimitPolicy[]): Promise<readonly (LimitState | undefined)[]> {
    const states = await this.store.take(policies.map((policy) => this.describe(policy, '', 1)));
    assert.equal(states.length, policies.length);
    return states;
  }

  private describe(policy: LimitPolicy, client: string, cost: number): LimitTake {
    return { policy, key: this.prefix + client, cost };
  }
}

interface Taken {
  readonly policy: LimitPolicy;
  readonly client?: string;
  readonly cost?: number;
}

function makePolicy(limit: number, window: number, name = 'contract'): LimitPolicy {
  return { name, limit, window, id: `${name}:${limit}/${window}` };
}
