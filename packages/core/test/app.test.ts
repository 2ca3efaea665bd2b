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
  type Context,
  type Middleware,
  type Next,
} from '../src';

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
  readonly seen: string[] = [];
  constructor(readonly store: NoteStore) {}
  handle(context: Context, next: Next) {
    return afterwards(next(), () => {
      context.response.headers.set('X-Audit', `${context.response.status}`);
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

describe('an application', () => {
  it('answers through decorated classes', async () => {
    const app = await createApp({ controllers: [NotesController], middleware: [trace('app')] });
    console.log(printPlan(app.plan));
    const list = await app.inject({ url: '/notes?limit=3' });
    expect(list.json()).toEqual({ notes: ['first'], limit: 3 });
    expect(list.headerLines('x-trace')).toEqual(['app', 'one', 'two']);
    const show = await app.inject({ url: '/notes/0' });
    expect([show.status, show.text(), show.header('x-audit')]).toEqual([200, 'first', '200']);
    expect((await app.inject({ url: '/notes/x' })).status).toBe(422);
    expect((await app.inject({ url: '/notes/7' })).status).toBe(404);
    const boom = await app.inject({ url: '/notes/boom' });
    expect([boom.status, boom.json()]).toEqual([500, { caught: true }]);
    const made = await app.inject({ method: 'POST', url: '/notes', body: { text: 'hello' } });
    expect([made.status, made.json()]).toEqual([201, { text: 'hello', isNote: true, path: '/notes' }]);
    const bad = await app.inject({ method: 'POST', url: '/notes', body: { text: 5, extra: 1 } });
    console.log(bad.json());
    const wrong = await app.inject({ method: 'DELETE', url: '/notes' });
    expect([wrong.status, wrong.header('allow'), wrong.header('x-trace')]).toEqual([
      405,
      'GET, HEAD, POST, OPTIONS',
      'app',
    ]);
  });
});
