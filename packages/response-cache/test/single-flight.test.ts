import { setImmediate } from 'node:timers/promises';
import { createApp, HttpError, json, type Context, type MiddlewareLike } from '@sluice/core';
import { timeout } from '@sluice/timeout';
import { memoryCache, responseCache, type ResponseCacheOptions } from '../src';

const PARALLEL = 1000;
const logger = { info() {}, warn() {}, error() {} };

/** A handler that waits until it is released. */
class Gate {
  calls = 0;
  private readonly waiting: ((value: unknown) => void)[] = [];

  readonly handler = (_context: Context): Promise<unknown> => {
    this.calls++;
    return new Promise((resolve) => this.waiting.push(resolve));
  };

  /** Waits until so many calls have begun. */
  async begun(calls: number): Promise<void> {
    const end = Date.now() + 4000;
    while (this.calls < calls) {
      if (Date.now() > end) throw new Error(`There were ${this.calls} calls, not ${calls}.`);
      await setImmediate();
    }
  }

  /** Answers all calls that wait. */
  release(value: unknown): void {
    for (const resolve of this.waiting.splice(0)) resolve(value);
  }
}

async function makeApp(
  gate: Gate,
  options: Partial<ResponseCacheOptions> = {},
  outer: MiddlewareLike[] = [],
) {
  const app = await createApp({
    middleware: outer,
    routes: [
      {
        method: 'GET',
        path: '/',
        middleware: [responseCache({ ttl: 60, ...options })],
        handler: (context) => gate.handler(context),
      },
    ],
    logger,
  });
  const ask = (headers: Record<string, string> = {}, signal?: AbortSignal) =>
    app.inject({ url: '/', headers, ...(signal && { signal }) });
  const askAll = (count: number, headers = {}) => Array.from({ length: count }, () => ask(headers));
  return { app, ask, askAll };
}

afterEach(() => void jest.restoreAllMocks());

/** Lets every request come as far as it can. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate();
}

describe('parallel requests for a reply that is not there', () => {
  it('run the handler once', async () => {
    const gate = new Gate();
    const { askAll } = await makeApp(gate);
    const asking = Promise.all(askAll(PARALLEL));
    await gate.begun(1);
    await settle();
    gate.release('made');
    const replies = await asking;
    expect(new Set(replies.map((reply) => reply.text()))).toEqual(new Set(['made']));
    const statuses = replies.map(({ headers }) => headers['cache-status']);
    expect(statuses.filter((status) => status === 'sluice; fwd=miss; stored')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'sluice; fwd=miss; collapsed')).toHaveLength(PARALLEL - 1);
    expect(gate.calls).toBe(1);
  });

  it('run it again, one at a time, if the first one fails, and then each for itself', async () => {
    const gate = new Gate();
    const { askAll } = await makeApp(gate);
    const asking = Promise.all(askAll(10));
    for (const calls of [1, 2]) {
      await gate.begun(calls);
      await settle();
      expect(gate.calls).toBe(calls);
      gate.release(new HttpError(503));
    }
    await gate.begun(10);
    gate.release('made');
    const replies = await asking;
    expect(replies.filter(({ status }) => status === 503)).toHaveLength(2);
    expect(replies.filter((reply) => reply.text() === 'made')).toHaveLength(8);
  });

  it('do not wait for one another if the reply cannot be kept, and soon not even for the first', async () => {
    const gate = new Gate();
    const { ask, askAll } = await makeApp(gate);
    const secret = () => json({}, { headers: { 'Cache-Control': 'private' } });
    const asking = Promise.all(askAll(10));
    await gate.begun(1);
    await settle();
    gate.release(secret());
    await gate.begun(10);
    gate.release(secret());
    await asking;
    const later = Promise.all([...askAll(5), ask()]);
    await gate.begun(16);
    gate.release('public');
    await later;
    expect((await ask()).headers['cache-status']).toMatch(/^sluice; hit/);
  });

  it('do not hang when the client of the first one has left, and get its reply', async () => {
    const gate = new Gate();
    const { ask, askAll } = await makeApp(gate);
    const client = new AbortController();
    const leading = ask({}, client.signal).catch(() => undefined);
    await gate.begun(1);
    const asking = Promise.all(askAll(3));
    await settle();
    client.abort();
    await settle();
    gate.release('made');
    expect((await asking).map((reply) => reply.text())).toEqual(['made', 'made', 'made']);
    await leading;
    expect(gate.calls).toBe(1);
  });

  it.each(['no-cache', 'max-age=0'])(
    'do not take one that was begun before, if they ask for %s',
    async (wish) => {
      const gate = new Gate();
      const { ask } = await makeApp(gate, { obeyRequest: true });
      const early = ask();
      await gate.begun(1);
      const late = ask({ 'cache-control': wish });
      await gate.begun(2);
      gate.release('made');
      const statuses = (await Promise.all([early, late])).map(({ headers }) => headers['cache-status']);
      expect(statuses).toEqual(Array(2).fill('sluice; fwd=miss; stored'));
    },
  );

  it('take one that was begun before only if it is as new as they ask', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const gate = new Gate();
    const { ask } = await makeApp(gate, { obeyRequest: true });
    const early = ask();
    await gate.begun(1);
    const waiting = [ask({ 'cache-control': 'max-age=10' }), ask({ 'cache-control': 'max-age=9' })];
    await settle();
    now.mockReturnValue(10_000);
    gate.release('early');
    await gate.begun(2);
    gate.release('late');
    const texts = (await Promise.all([early, ...waiting])).map((reply) => reply.text());
    expect(texts).toEqual(['early', 'early', 'late']);
  });

  it('wait for the next one after a reply to the conditions of a single client', async () => {
    const gate = new Gate();
    const { ask, askAll } = await makeApp(gate);
    const client = ask({ 'if-none-match': '*' });
    await gate.begun(1);
    gate.release(new HttpError(304));
    expect((await client).status).toBe(304);
    const asking = Promise.all(askAll(10));
    await gate.begun(2);
    await settle();
    gate.release('made');
    await asking;
    expect(gate.calls).toBe(2);
  });

  it('do not wait when a store of their own fails', async () => {
    const gate = new Gate();
    const store = Object.assign(memoryCache(), {
      save() {
        throw new Error('The disk is full.');
      },
    });
    const { askAll } = await makeApp(gate, { store, maxWaitMs: 600_000 });
    const asking = Promise.all(askAll(3));
    for (const calls of [1, 2, 3]) {
      await gate.begun(calls);
      gate.release('made');
    }
    expect((await asking).map(({ status }) => status)).toEqual([500, 500, 500]);
  });

  it('wait only for a time', async () => {
    const gate = new Gate();
    const { askAll } = await makeApp(gate, { maxWaitMs: 1 });
    const asking = Promise.all(askAll(3));
    await gate.begun(3);
    gate.release('made');
    expect((await asking).map((reply) => reply.text())).toEqual(['made', 'made', 'made']);
  });

  it('take no reply of a request that a timeout has answered', async () => {
    const gate = new Gate();
    const { ask } = await makeApp(gate, {}, [timeout({ afterMs: 1 })]);
    expect((await ask()).status).toBe(504);
    gate.release('late');
    await settle();
    const asking = ask();
    await gate.begun(2);
    gate.release('made');
    expect((await asking).text()).toBe('made');
  });

  it('get the reply in their own language', async () => {
    let calls = 0;
    const app = await createApp({
      routes: [
        {
          method: 'GET',
          path: '/',
          middleware: [responseCache({ ttl: 60 })],
          handler: async ({ request, response }) => {
            calls++;
            response.headers.vary('Accept-Language');
            await settle();
            return request.header('accept-language');
          },
        },
      ],
      logger,
    });
    const ask = async (language: string) => {
      const reply = await app.inject({ url: '/', headers: { 'accept-language': language } });
      return reply.text() === language;
    };
    const languages = ['de', 'en', 'fr'];
    const asking = languages.flatMap((language) => Array.from({ length: 20 }, () => ask(language)));
    expect(await Promise.all(asking)).not.toContain(false);
    expect(calls).toBeLessThanOrEqual(2 * languages.length);
  });
});
