import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, createApp, Get, Query, type AppOptions, type Context, type Next } from '@sluice/core';
import { currentContext, requestContext, requireContext } from '../src';

/** The part of a program that knows nothing of the request that it works for. */
const readName = () => currentContext()?.request.query.get('name');
const seen: unknown[] = [];

@Controller('/')
class NamesController {
  @Get('/sync') sync() {
    return readName();
  }

  @Get('/later') async later(@Query('wait') wait: number) {
    await sleep(wait);
    const first = readName();
    await Promise.resolve();
    return `${first} ${readName()}`;
  }

  @Get('/timer') timer() {
    return new Promise((resolve) => setTimeout(() => resolve(readName()), 1));
  }

  @Get('/stream') async *stream() {
    yield `${readName()} `;
    await sleep(1);
    yield `${readName()}`;
  }

  @Get('/background') background() {
    requireContext().background(() => void seen.push(readName()));
    return 'done';
  }

  @Get('/broken') broken() {
    throw new Error('no disk');
  }
}

const start = (rest: AppOptions = {}) =>
  createApp({
    controllers: [NamesController],
    middleware: [requestContext()],
    logger: { ...console, error: () => undefined },
    ...rest,
  });

describe('currentContext', () => {
  it.each([
    ['/sync?name=ada', 'ada'],
    ['/later?wait=1&name=ada', 'ada ada'],
    ['/timer?name=ada', 'ada'],
    ['/stream?name=ada', 'ada ada'],
  ])('is the one of the request in %s', async (url, text) => {
    expect((await (await start()).inject({ url })).text()).toBe(text);
  });

  it('is known to background tasks', async () => {
    const app = await start();
    await app.inject({ url: '/background?name=ada' });
    await app.close();
    expect(seen).toEqual(['ada']);
  });

  it('is known to middleware further in, on the way back of an error too, and not further out', async () => {
    const known: unknown[] = [];
    const note = async (_context: Context, next: Next) => {
      await next();
      known.push(currentContext() === undefined);
    };
    const app = await start({ middleware: [note, requestContext(), note] });
    await app.inject({ url: '/broken' });
    expect(known).toEqual([false, true]);
  });

  it('is undefined outside of requests', async () => {
    await (await start()).inject({ url: '/sync?name=ada' });
    expect(currentContext()).toBeUndefined();
    expect(() => requireContext()).toThrow('No request is running here');
  });

  it('never is the one of another request, however they interleave on a socket', async () => {
    const app = await start();
    const { url } = await app.listen({ port: 0 });
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
    const answers = await Promise.all(
      names.map(async (name, index) =>
        (await fetch(`${url}/later?wait=${(index * 7) % 11}&name=${name}`)).text(),
      ),
    );
    expect(answers).toEqual(names.map((name) => `${name} ${name}`));
    await app.close();
  });
});
