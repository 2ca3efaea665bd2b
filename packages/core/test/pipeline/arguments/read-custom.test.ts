import { setTimeout as sleep } from 'node:timers/promises';
import {
  Controller,
  createApp,
  createParameterDecorator,
  Ctx,
  Get,
  notFound,
  override,
  Query,
  unauthorized,
  type Context,
  type CustomParameter,
  type ReadCustom,
} from '../../../src';
import { makeLogger } from '../../make-logger';

const events: string[] = [];

const Database = createParameterDecorator('Database', async function* () {
  events.push('open');
  try {
    yield { name: 'database' };
    events.push('commit');
  } catch (error) {
    events.push(`roll back: ${(error as Error).message}`);
    throw error;
  } finally {
    events.push('close');
  }
});

const Transaction = createParameterDecorator('Transaction', async function* (_context, use) {
  const database = await use(Database);
  events.push(`begin on ${database.name}`);
  yield 'transaction';
  events.push('end');
});

const CurrentUser = createParameterDecorator('CurrentUser', async (context: Context, use) => {
  await use(Database);
  events.push('user');
  await sleep(0);
  return { name: context.request.header('x-user') ?? 'anonymous' };
});

const Greeting = createParameterDecorator('Greeting', async (_context, use) => {
  const [user, again] = await Promise.all([use(CurrentUser), use(CurrentUser)]);
  return user === again ? `hello ${user.name}` : 'read twice';
});

const Label = createParameterDecorator('Label', (_context, _use, label: string) => {
  events.push(`label ${label}`);
  return label;
});
const Labels = createParameterDecorator('Labels', (_context, use) => [use(Label, 'a'), use(Label, 'b')]);

const Left: CustomParameter<Promise<unknown>, void> = createParameterDecorator(
  'Left',
  async (_context, use) => {
    await sleep(0);
    return use(Right);
  },
);
const Right: CustomParameter<Promise<unknown>, void> = createParameterDecorator(
  'Right',
  async (_context, use) => {
    await sleep(0);
    return use(Left);
  },
);
const Both = createParameterDecorator('Both', (_context, use) => Promise.all([use(Left), use(Right)]));

const Twice = createParameterDecorator('Twice', function* () {
  yield 1;
  yield 2;
});
const Failing = createParameterDecorator('Failing', (context) => {
  events.push('failing');
  context.onCleanup(() => {
    throw new Error('the clean-up failed');
  });
  throw notFound('failing');
});
const FailsTwice = createParameterDecorator('FailsTwice', async (_context, use) => {
  const results = await Promise.allSettled([
    use(Database),
    (async () => use(Failing))(),
    (async () => use(Failing))(),
  ]);
  return results.map(({ status }) => status);
});
const Needy = createParameterDecorator('Needy', () => 'made', { needs: 'maker' });

@Controller()
class CustomController {
  @Get('/user') user(@Greeting() greeting: string, @CurrentUser() user: { name: string }) {
    events.push('handler');
    return [greeting, user.name];
  }
  @Get('/transaction') transaction(@Transaction() transaction: string, @Ctx() context: Context) {
    context.background(() => void events.push('background'));
    context.onCleanup((error) => void events.push(`clean-up ${String(error)}`));
    return transaction;
  }
  @Get('/failing') failing(@Transaction() _transaction: string) {
    throw notFound('no such thing');
  }
  @Get('/refused') refused(@Database() _database: unknown, @Query('n', Number) n: number) {
    return n;
  }
  @Get('/labels') labels(@Labels() labels: string[], @Label('a') label: string, @Label('c') other: string) {
    return [labels, label, other];
  }
  @Get('/circle') circle(@Left() value: unknown) {
    return value;
  }
  @Get('/both') both(@Both() value: unknown) {
    return value;
  }
  @Get('/twice') twice(@Twice() value: number) {
    return value;
  }
  @Get('/fails') fails(@FailsTwice() value: unknown) {
    return value;
  }
}

@Controller()
class NeedyController {
  @Get('/needy') needy(@Needy() value: string) {
    return value;
  }
}

async function answer(url: string, overrides: Parameters<typeof createApp>[0]['overrides'] = []) {
  const logger = makeLogger();
  const app = await createApp({ controllers: [CustomController], overrides, logger, development: true });
  const response = await app.inject({ url, headers: { 'x-user': 'ada' } });
  return { response, logger };
}

beforeEach(() => events.splice(0));

describe('a custom parameter', () => {
  it('may use others, and each is read once per request', async () => {
    const { response } = await answer('/user');
    expect(response.json()).toEqual(['hello ada', 'ada']);
    expect(events).toEqual(['open', 'user', 'handler', 'commit', 'close']);
  });

  it('is read once for each data it is called with', async () => {
    expect((await answer('/labels')).response.json()).toEqual([['a', 'b'], 'a', 'c']);
    expect(events).toEqual(['label a', 'label b', 'label c']);
  });

  it('continues after the reply and the background tasks if it is a generator, the last one opened first', async () => {
    expect((await answer('/transaction')).response.text()).toBe('transaction');
    expect(events).toEqual([
      'open',
      'begin on database',
      'background',
      'clean-up undefined',
      'end',
      'commit',
      'close',
    ]);
  });

  it('gets the error of the request if it is a generator, and need not catch it', async () => {
    const { response, logger } = await answer('/failing');
    expect(response.status).toBe(404);
    expect(events).toEqual(['open', 'begin on database', 'roll back: no such thing', 'close']);
    expect(logger.errors).toEqual([]);
  });

  it('is reported and ended if it yields twice', async () => {
    const { response, logger } = await answer('/twice');
    expect(response.json()).toBe(1);
    expect(logger.errors).toEqual([
      new Error('A parameter yielded more than once. Only its first value is used.'),
    ]);
  });

  it('is read once even if it fails; a failing clean-up is logged, and the others still run', async () => {
    const { response, logger } = await answer('/fails');
    expect(response.json()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(events).toEqual(['open', 'failing', 'commit', 'close']);
    expect(logger.errors).toEqual([new Error('the clean-up failed')]);
  });

  it.each<[string, ReadCustom<unknown>]>([
    ['returned', () => unauthorized()],
    ['returned later', async () => unauthorized()],
    [
      'yielded',
      function* () {
        yield unauthorized();
      },
    ],
  ])('refuses the request if its value is an Error, %s', async (_, read) => {
    const { response } = await answer('/user', [override(Database, read as never)]);
    expect(response.status).toBe(401);
    expect(events).not.toContain('handler');
  });

  it('is not read if the request is refused', async () => {
    const { response } = await answer('/refused?n=x');
    expect([response.status, events]).toEqual([422, []]);
  });

  it.each([
    ['/circle', '@Right → @Left → @Right'],
    ['/both', '@Left → @Right → @Left'],
  ])('is reported with the whole path if it uses itself: %s', async (url, path) => {
    const { response, logger } = await answer(url);
    expect(response.status).toBe(500);
    expect(logger.errors).toEqual([new Error(`Parameters use each other in a circle: ${path}.`)]);
  });
});

describe('an override', () => {
  it('is read instead, also by other parameters that use it', async () => {
    const { response } = await answer('/user', [override(CurrentUser, () => ({ name: 'grace' }))]);
    expect(response.json()).toEqual(['hello grace', 'grace']);
    expect(events).toEqual(['handler']);
  });

  it('replaces an earlier one of the same parameter, and may be a generator', async () => {
    const { response } = await answer('/refused?n=1', [
      override(Database, () => ({ name: 'first' })),
      override(Database, async function* () {
        yield { name: 'second' };
        events.push('closed');
      }),
    ]);
    expect([response.json(), events]).toEqual([1, ['closed']]);
  });

  it('needs no middleware', async () => {
    const controllers = [NeedyController];
    await expect(createApp({ controllers })).rejects.toMatchObject({
      problems: [{ code: 'MIDDLEWARE_MISSING' }],
    });
    const app = await createApp({ controllers, overrides: [override(Needy, () => 'fake')] });
    expect((await app.inject({ url: '/needy' })).text()).toBe('fake');
  });
});

describe('a synchronous custom parameter', () => {
  it('keeps the route synchronous', async () => {
    const app = await createApp({ controllers: [CustomController], development: false });
    let left: unknown;
    app.use((_context, next) => void (left = next()));
    await app.inject({ url: '/labels' });
    expect(left).toBeUndefined();
  });
});
