import { Controller, createApp, Get, notFound, Post, type Context, type Next } from '@sluice/core';
import fc from 'fast-check';
import { CacheControl, cacheControl, type CacheControlOptions } from '../src';

@Controller('/notes')
@CacheControl({ private: true, maxAge: 60 })
class NotesController {
  @Get() list() {
    return [];
  }

  @Get('/logo')
  @CacheControl({ public: true, maxAge: 31_536_000, immutable: true })
  logo() {
    return 'logo';
  }

  @Get('/lost') lost() {
    throw notFound();
  }

  @Post() add() {
    return 'added';
  }
}

const ask = async (url: string, method = 'GET', outer = cacheControl({ noStore: true })) => {
  const app = await createApp({ controllers: [NotesController], middleware: [outer] });
  return app.inject({ url, method });
};

/** Sets what a handler would set. */
const set = (name: string, value: string) => (context: Context, next: Next) => {
  context.response.headers.set(name, value);
  return next();
};

describe('cacheControl', () => {
  it('replaces the one of the controller on a method, and the one of the application on a controller', async () => {
    expect((await ask('/notes')).header('cache-control')).toBe('private, max-age=60');
    expect((await ask('/notes/logo')).header('cache-control')).toBe('public, max-age=31536000, immutable');
    const app = await createApp({
      controllers: [NotesController],
      middleware: [cacheControl({ noStore: true })],
    });
    const names = app.plan.routes.map(
      ({ steps }) => steps.filter(({ name }) => name === 'cacheControl').length,
    );
    expect(names).toEqual([1, 1, 1, 0]);
  });

  it('is on HEAD and on a 304, and not on errors and answers to POST', async () => {
    expect((await ask('/notes', 'HEAD')).header('cache-control')).toBe('private, max-age=60');
    expect((await ask('/notes', 'POST')).header('cache-control')).toBeUndefined();
    expect((await ask('/notes/lost')).header('cache-control')).toBeUndefined();
    expect((await ask('/nowhere')).header('cache-control')).toBeUndefined();
    const unchanged = (context: Context) => void (context.response.status = 304);
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler: unchanged }],
      middleware: [cacheControl({ noCache: true })],
    });
    expect((await app.inject({ url: '/' })).header('cache-control')).toBe('no-cache');
  });

  it('leaves the header of the handler alone', async () => {
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler: () => 1 }],
      middleware: [cacheControl({ public: true }), set('Cache-Control', 'no-store')],
    });
    expect((await app.inject({ url: '/' })).header('cache-control')).toBe('no-store');
  });

  it('writes every directive as its RFC does', () => {
    const line = async (options: CacheControlOptions) => {
      const app = await createApp({
        routes: [{ method: 'GET', path: '/', handler: () => 1 }],
        middleware: [cacheControl(options)],
      });
      return (await app.inject({ url: '/' })).header('cache-control');
    };
    return Promise.all([
      expect(
        line({ public: true, maxAge: 0, sharedMaxAge: 5, staleWhileRevalidate: 6, staleIfError: 7 }),
      ).resolves.toBe('public, max-age=0, s-maxage=5, stale-while-revalidate=6, stale-if-error=7'),
      expect(
        line({ noCache: true, mustRevalidate: true, proxyRevalidate: true, noTransform: true }),
      ).resolves.toBe('no-cache, must-revalidate, proxy-revalidate, no-transform'),
      expect(line({ noStore: true, noTransform: true, public: false })).resolves.toBe(
        'no-store, no-transform',
      ),
    ]);
  });
});

describe('options of cacheControl', () => {
  it.each<[unknown, RegExp]>([
    [{}, /no directive/],
    [{ public: false }, /no directive/],
    [{ maxage: 5 }, /OPTION_UNKNOWN/],
    [{ 's-maxage': 5 }, /OPTION_UNKNOWN/],
    [{ maxAge: -1 }, /OPTION_INVALID/],
    [{ maxAge: 1.5 }, /OPTION_INVALID/],
    [{ maxAge: '60' }, /OPTION_INVALID/],
    [{ maxAge: 2 ** 31 + 1 }, /OPTION_INVALID/],
    [{ public: 'yes' }, /OPTION_INVALID/],
    [{ public: true, private: true }, /contradict/],
    [{ noStore: true, maxAge: 5 }, /noStore forbids/],
    [{ noStore: true, public: true }, /noStore forbids/],
    [{ private: true, sharedMaxAge: 5 }, /private forbids/],
    [{ mustRevalidate: true, maxAge: 5, staleIfError: 5 }, /mustRevalidate forbids/],
    [{ public: true, immutable: true }, /immutable needs maxAge/],
  ])('refuse %j at start-up', (options, message) => {
    expect(() => cacheControl(options as CacheControlOptions)).toThrow(message);
  });

  it('either refuse to start or make one valid line (RFC 9111 §5.2)', () => {
    const seconds = fc.option(fc.nat(1000), { nil: undefined });
    const flag = fc.option(fc.boolean(), { nil: undefined });
    const options = fc.record({
      public: flag,
      private: flag,
      noStore: flag,
      noCache: flag,
      maxAge: seconds,
      sharedMaxAge: seconds,
      mustRevalidate: flag,
      staleIfError: seconds,
      immutable: flag,
    });
    fc.assert(
      fc.property(options, (given) => {
        let made;
        try {
          made = cacheControl(given as CacheControlOptions);
        } catch (error) {
          expect(String(error)).toContain('OPTION_INVALID');
          return;
        }
        expect(made.replaces).toBe(true);
        expect(given.public === true && given.private === true).toBe(false);
      }),
    );
  });
});
