import {
  Controller,
  createApp,
  Get,
  Param,
  Post,
  redirectTo,
  type App,
  type Context,
} from '../../../src/index';

@Controller('/notes')
class NotesController {
  @Get('/:id') show(@Param('id') id: string) {
    return id;
  }

  @Post('/:id') save(@Param('id') id: string) {
    return redirectTo(
      NotesController,
      'show',
      { id },
      { status: 303, query: { saved: true }, headers: { 'X-Note': id } },
    );
  }

  @Get('/latest/one') latest() {
    return redirectTo(NotesController, 'show', { id: 9 });
  }

  remove() {}
}

class StrangersController {
  list() {}
}

@Controller('/faults')
class FaultsController {
  @Get('/method') method() {
    return redirectTo(NotesController, 'remove');
  }

  @Get('/class') class() {
    return redirectTo(StrangersController, 'list');
  }

  @Get('/parameters') parameters() {
    return redirectTo(NotesController, 'show');
  }
}

describe('redirectTo and urlFor', () => {
  let app: App;
  const logged: unknown[] = [];
  let context: Context;

  beforeAll(async () => {
    const note = (...entry: unknown[]) => void logged.push(...entry);
    app = await createApp({
      controllers: [NotesController, FaultsController],
      middleware: [
        (given, next) => {
          context = given;
          return next();
        },
      ],
      logger: { info: note, warn: note, error: note },
    });
  });

  afterAll(() => app.close());

  it('redirectTo answers 302 with the path of the route', async () => {
    const response = await app.inject({ url: '/notes/latest/one' });
    expect([response.status, response.header('location')]).toEqual([302, '/notes/9']);
  });

  it('redirectTo uses the given status, query and headers', async () => {
    const response = await app.inject({ method: 'POST', url: '/notes/a%2Fb' });
    expect(response.status).toBe(303);
    expect(response.header('location')).toBe('/notes/a%2Fb?saved=true');
    expect(response.header('x-note')).toBe('a/b');
    expect(response.text()).toBe('');
  });

  it.each([
    ['/faults/method', 'NotesController.remove has no route'],
    ['/faults/class', 'StrangersController is not a controller of this application'],
    ['/faults/parameters', 'NotesController.show has the path /notes/:id'],
  ])('redirectTo from %s is answered with 500, and the log has the reason', async (url, reason) => {
    logged.length = 0;
    const response = await app.inject({ url });
    expect(response.status).toBe(500);
    expect(response.header('location')).toBeUndefined();
    expect(logged.map(String).join()).toContain(reason);
  });

  it('redirectTo throws when its status is not a redirect', () => {
    expect(() => redirectTo(NotesController, 'show', { id: 7 }, { status: 200 })).toThrow(RangeError);
  });

  it('urlFor returns the path and the query', async () => {
    await app.inject({ url: '/notes/1' });
    expect(context.urlFor(NotesController, 'show', { id: 7 })).toBe('/notes/7');
    expect(
      context.urlFor(NotesController, 'show', { id: 'a b' }, { query: { tab: 'c d', no: undefined } }),
    ).toBe('/notes/a%20b?tab=c+d');
  });

  it('urlFor works when no route matched', async () => {
    await app.inject({ url: '/nowhere' });
    expect(context.urlFor(NotesController, 'show', { id: 7 })).toBe('/notes/7');
  });
});
