import { setTimeout as sleep } from 'node:timers/promises';
import {
  Controller,
  createApp,
  createParameterDecorator,
  Ctx,
  Get,
  notFound,
  Param,
  Query,
  type Context,
} from '../../../src';
import { compilePlan } from '../../../src/pipeline/compile-plan';
import { makeContext } from '../../make-context';
import { makeLogger } from '../../make-logger';
import { makePlan } from '../../plan/make-plan';

const Path = createParameterDecorator('Path', (context: Context) => context.request.path);
const Later = createParameterDecorator('Later', async (_context, _use, value: unknown) => {
  await sleep(0);
  return value;
});
const Failing = createParameterDecorator('Failing', (_context, _use, when: 'now' | 'later') => {
  const error = notFound(`failed ${when}`);
  if (when === 'now') throw error;
  return Promise.reject(error);
});
const Careless = createParameterDecorator('Careless', (_context, use) => {
  void use(Failing, 'later');
  throw notFound('failed now');
});

@Controller('/a')
class Handlers {
  @Get('/none') none() {
    return 'none';
  }

  @Get('/two/:id') two(@Param('id') id: number, @Query('q') q?: string) {
    return { id, q };
  }

  @Get('/three/:a/:b') three(@Param('b') b: string, @Param('a') a: string, @Ctx() context: Context) {
    return [a, b, context.request.method];
  }

  @Get('/custom') custom(@Path() path: string) {
    return path;
  }

  @Get('/later/:id') later(@Later(7) seven: number, @Param('id') id: string, @Later('x') x: string) {
    return [seven, id, x];
  }

  @Get('/now') now(@Failing('now') _value: unknown) {}

  @Get('/rejects') rejects(@Failing('later') _value: unknown, @Failing('later') _other: unknown) {}

  @Get('/careless') careless(@Careless() _value: unknown) {}
}

describe('a handler', () => {
  it.each([
    ['/a/none', 200, 'none'],
    ['/a/two/7?q=x', 200, '{"id":7,"q":"x"}'],
    ['/a/two/7', 200, '{"id":7}'],
    ['/a/three/1/2', 200, '["1","2","GET"]'],
    ['/a/custom', 200, '/a/custom'],
    ['/a/later/5', 200, '[7,"5","x"]'],
  ])('is called with its arguments: %s', async (url, status, body) => {
    const response = await (await createApp({ controllers: [Handlers] })).inject({ url });
    expect([response.status, response.text()]).toEqual([status, body]);
  });

  it.each([
    ['/a/now', 404, 'failed now'],
    ['/a/rejects', 404, 'failed later'],
  ])('is not called if an argument cannot be read: %s', async (url, status, detail) => {
    const response = await (await createApp({ controllers: [Handlers] })).inject({ url });
    expect([response.status, response.json()]).toMatchObject([status, { detail }]);
  });

  it('leaves no unhandled rejection behind if it cannot be called', async () => {
    const response = await (await createApp({ controllers: [Handlers] })).inject({ url: '/a/careless' });
    expect(response.json()).toMatchObject({ status: 404, detail: 'failed now' });
    // Node reports an unhandled rejection before the next timer, and then jest fails the test.
    await sleep(0);
  });
});

describe('a synchronous route', () => {
  it.each(['none', 'two', 'three', 'custom', 'now'])('makes no promise: %s', (name) => {
    const { plan } = makePlan({ controllers: [Handlers], middleware: [(_context, next) => next()] });
    for (const development of [false, true]) {
      const { routes } = compilePlan(plan, { development, logger: makeLogger(), formatError: undefined });
      const route = routes.find(({ info }) => info.name === `Handlers.${name}`)!;
      const context = makeContext({ url: '/a/x' }, ['1', '2'], route.info);
      expect(route.run(context)).toBeUndefined();
      expect(context.response.isAnswered).toBe(true);
    }
  });

  it('includes the fallback', () => {
    const { fallback } = compilePlan(makePlan({}).plan, {
      development: false,
      logger: makeLogger(),
      formatError: undefined,
    });
    const context = makeContext({}, [], fallback.info);
    expect([fallback.run(context), context.response.status]).toEqual([undefined, 404]);
  });
});
