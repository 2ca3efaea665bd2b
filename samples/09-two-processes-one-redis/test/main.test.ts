import type { Program } from '../../../e2e/programs/program';
import { until } from '../../../e2e/sockets/until';
import { startSample } from '../../../e2e/programs/start-sample';
import { KEEPS_DATA, RedisServer } from '../../../e2e/redis/redis-server';

const NAME = '09-two-processes-one-redis';
const IS_UP = /^Redis at .* is up\.$/m;

// This only guards against hanging: the machine may be busy.
jest.setTimeout(60_000);

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A user with a cookie, who may ask any process. */
class Visitor {
  private cookie = '';

  async send(method: 'GET' | 'POST', url: string, body?: unknown): Promise<Answer> {
    const response = await fetch(url, {
      method,
      headers: { cookie: this.cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';', 1)[0]!;
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
  }
}

describe('two processes with one Redis', () => {
  let redis: RedisServer;
  let programs: Program[];
  let first: string;
  let second: string;
  let ada: Visitor;

  async function start(...settings: string[]): Promise<void> {
    redis = await RedisServer.start(...settings);
    const env = { REDIS_URL: redis.url };
    programs = [startSample(NAME, env), startSample(NAME, env)];
    [first, second] = (await Promise.all(programs.map((program) => program.waitForUrl()))) as [
      string,
      string,
    ];
    ada = new Visitor();
  }

  afterEach(async () => {
    await Promise.all(programs.map((program) => program[Symbol.asyncDispose]()));
    await redis[Symbol.asyncDispose]();
  });

  const logIn = (visitor: Visitor, url: string) => visitor.send('POST', `${url}/login`, { user: 'ada' });

  const visit = (visitor: Visitor, url: string) => visitor.send('GET', `${url}/account`);

  const exportAll = (visitor: Visitor, url: string) => visitor.send('POST', `${url}/account/exports`);

  /** Exports five times, by turns. */
  async function useUp(): Promise<number[]> {
    const statuses: number[] = [];
    for (const url of [first, second, first, second, first])
      statuses.push((await exportAll(ada, url)).status);
    return statuses;
  }

  const known = (visits: number) => ({
    status: 200,
    body: { user: 'ada', visits, process: expect.any(Number) },
  });

  it('know each other’s users, and end their sessions everywhere', async () => {
    await start();
    expect((await visit(ada, first)).status).toBe(401);
    expect((await logIn(ada, first)).status).toBe(200);
    const answers = [await visit(ada, first), await visit(ada, second)];
    expect(answers).toEqual([known(1), known(2)]);
    expect(answers[0]!.body['process']).not.toBe(answers[1]!.body['process']);

    const onAnotherDevice = new Visitor();
    await logIn(onAnotherDevice, second);
    expect((await ada.send('POST', `${second}/account/logout-everywhere`)).status).toBe(204);
    expect((await visit(ada, first)).status).toBe(401);
    expect((await visit(onAnotherDevice, first)).status).toBe(401);
  });

  it('count one limit together, and the other one goes on with session and count when one is killed', async () => {
    await start();
    await logIn(ada, first);
    await visit(ada, first);
    expect(await useUp()).toEqual([200, 200, 200, 200, 200]);
    expect((await exportAll(ada, second)).status).toBe(429);

    expect(await programs[0]!.stop('SIGKILL')).toBe('SIGKILL');
    await expect(fetch(first)).rejects.toThrow('fetch failed');
    expect(await visit(ada, second)).toEqual(known(2));
    // The limit is the user's, so a new session does not renew it.
    const onAnotherDevice = new Visitor();
    await logIn(onAnotherDevice, second);
    const refused = await exportAll(onAnotherDevice, second);
    expect([refused.status, refused.body['code']]).toEqual([429, 'quota_exceeded']);
    expect(await programs[1]!.stop()).toBe(0);
  });

  it.each([
    ['keeps its data', KEEPS_DATA, 200, 429],
    ['has lost its data', [], 401, 401],
  ] as const)(
    'answer as the README says while Redis is down, and afterwards from a Redis that %s',
    async (_, settings, visited, exported) => {
      await start(...settings);
      await logIn(ada, first);
      await useUp();
      await redis.kill();

      for (const url of [first, second]) {
        expect((await ada.send('GET', url)).status).toBe(200);
        for (const [answer, code] of [
          [await logIn(new Visitor(), url), 'rate_limit_unavailable'],
          [await visit(ada, url), 'session_store_unavailable'],
          [await exportAll(ada, url), 'session_store_unavailable'],
        ] as const)
          expect([answer.status, answer.body['code']]).toEqual([503, code]);
      }

      // A Redis that is back before a process has asked for it again was never away for that one.
      await until(() => programs.every(({ stderr }) => /^No Redis at/m.test(stderr)));
      await redis.restart();
      await Promise.all(programs.map((program) => program.waitFor(IS_UP)));
      for (const url of [first, second]) {
        expect((await visit(ada, url)).status).toBe(visited);
        expect((await exportAll(ada, url)).status).toBe(exported);
      }
      for (const program of programs) {
        expect(program.stderr.match(/^No Redis at/gm)).toHaveLength(1);
        expect(await program.stop()).toBe(0);
      }
    },
  );

  it('start without Redis, say so in one line, and share as soon as it is there', async () => {
    redis = await RedisServer.prepare();
    const program = startSample(NAME, { REDIS_URL: redis.url });
    programs = [program];
    const url = await program.waitForUrl();
    expect(program.stderr).toBe(
      `No Redis at ${new URL(redis.url).host} (ECONNREFUSED), so only GET / works. Start redis-server, or set REDIS_URL.\n`,
    );
    const ada = new Visitor();
    expect((await ada.send('GET', url)).status).toBe(200);
    expect((await logIn(ada, url)).status).toBe(503);
    await redis.restart();
    await program.waitFor(IS_UP);
    expect((await logIn(ada, url)).status).toBe(200);
    expect(await visit(ada, url)).toEqual(known(1));
    expect(await program.stop()).toBe(0);
  });
});
