import { setTimeout as sleep } from 'node:timers/promises';
import { endSessionsOf, type SessionStore } from '@sluice/session';
import { branch, logIn, makeSessionApp, view } from './session-app';

const WRITERS = 1000;
/** A thousand writers need some seconds. */
const WRITE_WITHIN_MS = 120_000;

/** The promises that applications make with a store in another server, which must answer within a minute. */
export function testStorePromises(makeStore: () => SessionStore): void {
  it('do not come back by a slow request that ends after the logout (connect-redis#328)', async () => {
    for (const body of [{ late: true }, {}]) {
      const { app, hold } = await makeSessionApp(makeStore(), { rolling: true });
      const browser = await logIn(app);
      const slow = branch(app, browser);
      const release = hold();
      const late = slow.post('/slow', body);
      await release.started;
      await browser.post('/logout');
      release.end();
      expect((await late).headerLines('set-cookie')).toEqual([]);
      expect(await view(slow)).toEqual([200, {}]);
    }
  });

  it(
    `keep every write of ${WRITERS} concurrent writers of two applications, each to a key of its own (connect-redis#75)`,
    async () => {
      const [one, two] = [await makeSessionApp(makeStore()), await makeSessionApp(makeStore())];
      const browser = await logIn(one.app);
      const statuses = await Promise.all(
        Array.from({ length: WRITERS }, async (_, n) => {
          const app = n % 2 === 0 ? one.app : two.app;
          return (await branch(app, browser).post('/update', { [`k${n}`]: n })).status;
        }),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(WRITERS);
      const written = Object.fromEntries(Array.from({ length: WRITERS }, (_, n) => [`k${n}`, n]));
      expect(await view(browser)).toEqual([200, { user: 'ada', ...written }]);
    },
    WRITE_WITHIN_MS,
  );

  it('store one of two concurrent writes of one key, and answer 503 to the other', async () => {
    const { app, hold } = await makeSessionApp(makeStore());
    const browser = await logIn(app);
    const release = hold();
    const late = branch(app, browser).post('/slow', { balance: 1, mine: 1 });
    await release.started;
    expect((await browser.post('/update', { balance: 2, theirs: 1 })).status).toBe(200);
    release.end();
    expect([(await late).status, (await late).json<{ code: string }>().code]).toEqual([
      503,
      'session_conflict',
    ]);
    expect(await view(browser)).toEqual([200, { user: 'ada', balance: 2, theirs: 1 }]);
  });

  it('keep the user of parallel requests while they are regenerated (express-session#923)', async () => {
    const { app } = await makeSessionApp(makeStore());
    const browser = await logIn(app);
    const parallel = branch(app, browser);
    let isOver = false;
    const users = new Set<unknown>();
    const readers = Array.from({ length: 10 }, async () => {
      while (!isOver) users.add(((await view(parallel)) as [number, { user?: string }])[1].user);
    });
    await browser.post('/renew', { role: 'admin' });
    await sleep(50);
    await parallel.post('/update', { cart: [1] });
    isOver = true;
    await Promise.all(readers);
    expect([...users]).toEqual(['ada']);
    expect(await view(browser)).toEqual([200, { user: 'ada', role: 'admin', cart: [1] }]);
  });

  it('end for a user on all devices', async () => {
    const store = makeStore();
    const { app } = await makeSessionApp(store);
    const [one, two] = [await logIn(app), await logIn(app)];
    const other = await logIn(app, 'eve');
    await endSessionsOf(store, 'ada');
    expect([await view(one), await view(two)]).toEqual([
      [200, {}],
      [200, {}],
    ]);
    expect(await view(other)).toEqual([200, { user: 'eve' }]);
    expect(await view(await logIn(app))).toEqual([200, { user: 'ada' }]);
  });
}
