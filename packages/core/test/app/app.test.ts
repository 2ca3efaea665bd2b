import { IsString, MaxLength } from 'class-validator';
import {
  afterwards,
  Body,
  Catch,
  Controller,
  createApp,
  created,
  Ctx,
  Get,
  Injectable,
  notFound,
  Param,
  Post,
  printPlan,
  Query,
  UseMiddleware,
  type App,
  type Context,
  type Middleware,
  type Next,
} from '../../src';
import { makeLogger } from '../make-logger';

class CreateNote {
  @IsString()
  @MaxLength(10)
  text!: string;
}

class NoteStore {
  readonly notes: string[] = ['first'];
}

@Injectable()
class Audit {
  constructor(readonly store: NoteStore) {}
  handle(context: Context, next: Next) {
    return afterwards(next(), () => {
      context.response.headers.set('X-Audit', `${context.response.status} of ${this.store.notes.length}`);
    });
  }
}

const trace = (name: string): Middleware => ({
  name,
  handle(context, next) {
    context.response.headers.append('X-Trace', name);
    return next();
  },
});

class Boom extends Error {}

@Controller('/notes')
@UseMiddleware(trace('one'), trace('two'))
class NotesController {
  constructor(private readonly store: NoteStore) {}

  @Get()
  list(@Query('limit') limit?: number) {
    return { notes: this.store.notes, limit };
  }

  @Get('/:id')
  @UseMiddleware(Audit)
  show(@Param('id') id: number) {
    return this.store.notes[id] ?? notFound();
  }

  @Post()
  async create(@Body() note: CreateNote, @Ctx() context: Context) {
    await Promise.resolve();
    this.store.notes.push(note.text);
    return created({ text: note.text, isNote: note instanceof CreateNote, path: context.request.path });
  }

  @Get('/boom')
  boom() {
    throw new Boom('secret');
  }

  @Catch(Boom)
  onBoom() {
    return { caught: true };
  }
}

function makeApp(): Promise<App> {
  return createApp({ controllers: [NotesController], middleware: [trace('app')], logger: makeLogger() });
}

describe('an application of decorated classes', () => {
  it('has a plan that can be printed', async () => {
    expect(printPlan((await makeApp()).plan).replace(/ {2,}/g, '  ')).toBe(
      [
        'GET  /notes  NotesController.list  app > one > two > list',
        'GET  /notes/:id  NotesController.show  app > one > two > Audit > show',
        'POST  /notes  NotesController.create  app > one > two > body(json) > validate(CreateNote) > create',
        'GET  /notes/boom  NotesController.boom  app > one > two > boom',
        '*  /*  fallback  app',
      ].join('\n'),
    );
  });

  it('answers through its middleware, in order', async () => {
    const response = await (await makeApp()).inject({ url: '/notes?limit=3' });
    expect(response.json()).toEqual({ notes: ['first'], limit: 3 });
    expect(response.headerLines('x-trace')).toEqual(['app', 'one', 'two']);
  });

  it('constructs each dependency once', async () => {
    const app = await makeApp();
    const made = await app.inject({ method: 'POST', url: '/notes', body: { text: 'hello' } });
    expect([made.status, made.json()]).toEqual([201, { text: 'hello', isNote: true, path: '/notes' }]);
    const show = await app.inject({ url: '/notes/1' });
    expect([show.status, show.text(), show.header('x-audit')]).toEqual([200, 'hello', '200 of 2']);
    expect((await (await makeApp()).inject({ url: '/notes/1' })).status).toBe(404);
  });

  it('refuses an invalid request, and says where', async () => {
    const app = await makeApp();
    expect((await app.inject({ url: '/notes/x' })).json()).toMatchObject({
      status: 422,
      errors: [{ in: 'path', pointer: '/id', code: 'number' }],
    });
    const bad = await app.inject({ method: 'POST', url: '/notes', body: { text: 5, extra: 1 } });
    const { errors } = bad.json<{ errors: { pointer: string; code: string }[] }>();
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/extra whitelistValidation',
      '/text isString',
      '/text maxLength',
    ]);
  });

  it('handles its errors', async () => {
    const app = await makeApp();
    const boom = await app.inject({ url: '/notes/boom' });
    expect([boom.status, boom.json(), boom.header('x-trace')]).toEqual([
      500,
      { caught: true },
      'app, one, two',
    ]);
    const wrong = await app.inject({ method: 'DELETE', url: '/notes' });
    expect([wrong.status, wrong.header('allow'), wrong.header('x-trace')]).toEqual([
      405,
      'GET, HEAD, POST, OPTIONS',
      'app',
    ]);
  });
});

describe('app.use', () => {
  it('adds a middleware inside the present ones, also after a first request', async () => {
    const app = await makeApp();
    await app.inject({ url: '/notes' });
    expect(app.use(trace('late')).use(trace('later'))).toBe(app);
    const response = await app.inject({ url: '/notes' });
    expect(response.headerLines('x-trace')).toEqual(['app', 'late', 'later', 'one', 'two']);
    expect((await app.inject({ url: '/none' })).header('x-trace')).toBe('app, late, later');
  });

  it('keeps the instances', async () => {
    const app = await makeApp();
    await app.inject({ method: 'POST', url: '/notes', body: { text: 'kept' } });
    app.use(trace('late'));
    expect((await app.inject({ url: '/notes/1' })).text()).toBe('kept');
  });
});

describe('app.plan', () => {
  it('is made once', async () => {
    const app = await makeApp();
    expect(app.plan).toBe(app.plan);
  });
});

describe('createApp', () => {
  it('does not change the given lists', async () => {
    const middleware = Object.freeze([trace('app')]);
    const app = await createApp({ middleware, controllers: Object.freeze([NotesController]) });
    app.use(trace('late'));
    expect(middleware).toHaveLength(1);
  });

  it('resolves every class from a given container', async () => {
    const asked: unknown[] = [];
    const store = new NoteStore();
    const container = {
      resolve<T>(token: unknown): T {
        asked.push(token);
        return (token === Audit ? new Audit(store) : new NotesController(store)) as T;
      },
    };
    const app = await createApp({ controllers: [NotesController], container });
    expect((await app.inject({ url: '/notes/0' })).header('x-audit')).toBe('200 of 1');
    expect(asked).toEqual([NotesController, Audit]);
  });

  it('takes development from NODE_ENV by default', async () => {
    const before = process.env['NODE_ENV'];
    const routes = [{ method: 'GET' as const, path: '/', handler: () => new Boom('secret') }];
    try {
      for (const [environment, isShown] of [
        ['production', false],
        ['test', true],
      ] as const) {
        process.env['NODE_ENV'] = environment;
        const app = await createApp({ routes, logger: makeLogger() });
        expect((await app.inject({ url: '/' })).text().includes('secret')).toBe(isShown);
      }
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});

describe('app.listen and app.close', () => {
  it('listen on a free port, answer, and stop', async () => {
    const app = await makeApp();
    const { port, host, url } = await app.listen({ port: 0, handleSignals: false });
    expect([host, url]).toEqual(['127.0.0.1', `http://127.0.0.1:${port}`]);
    const response = await fetch(`${url}/notes/0`);
    expect([response.status, await response.text()]).toEqual([200, 'first']);
    await app.close();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('listen once, even if called twice at the same time', async () => {
    const app = await makeApp();
    const options = { port: 0, handleSignals: false };
    const [first, second] = await Promise.allSettled([app.listen(options), app.listen(options)]);
    await app.close();
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { problems: [{ code: 'APP_STARTED' }] } });
  });

  it('close an application that could not listen', async () => {
    const app = await makeApp();
    await expect(app.listen({ port: 0, host: '192.0.2.1' })).rejects.toThrow('LISTEN_FAILED');
    await expect(app.listen({ port: 0 })).rejects.toThrow('APP_CLOSED');
  });

  it('close an application that never listened', async () => {
    await expect((await makeApp()).close()).resolves.toBeUndefined();
  });
});
