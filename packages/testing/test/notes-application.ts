import {
  Body,
  Controller,
  Cookie,
  created,
  Ctx,
  Delete,
  Get,
  Header,
  notFound,
  Param,
  Patch,
  Post,
  Put,
  Query,
  redirect,
  stream,
  type Context,
} from '@sluice/core';
import { MaxLength, IsString } from 'class-validator';

export class CreateNote {
  @IsString()
  @MaxLength(20)
  text!: string;
}

/** Notes of the handlers and the logger: clients that have disconnected, errors. */
export const notes: string[] = [];

@Controller('/notes')
export class NotesController {
  private readonly texts = ['the first note'];

  @Get('/:id')
  show(@Param('id') id: number) {
    const text = this.texts[id];
    return text === undefined ? notFound() : { text };
  }

  @Post()
  create(@Body() { text }: CreateNote) {
    const id = this.texts.push(text) - 1;
    return created({ id, text }, { location: `/notes/${id}` });
  }

  @Put('/:id')
  @Patch('/:id')
  change(@Param('id') id: number, @Body() { text }: CreateNote) {
    this.texts[id] = text;
    return { id, text };
  }

  @Delete('/:id')
  remove(@Param('id') id: number) {
    this.texts.splice(id, 1);
  }
}

@Controller()
export class MirrorController {
  @Get('/mirror')
  @Post('/mirror')
  async mirror(@Ctx() { request }: Context) {
    return {
      method: request.method,
      query: request.rawQuery,
      host: request.header('host'),
      contentType: request.header('content-type'),
      authorization: request.header('authorization'),
      cookie: request.header('cookie'),
      body: Buffer.from(await request.bytes()).toString(),
    };
  }

  @Get('/path/*')
  path(@Ctx() { request }: Context) {
    return request.path;
  }

  @Get('/log-in')
  logIn(@Query('name') name: string, @Ctx() { response }: Context) {
    response.setCookie('name', name, { path: '/', httpOnly: true });
    response.setCookie('step', '1', { path: '/steps', maxAge: 3600 });
    return redirect('/who', { status: 303 });
  }

  @Get('/log-out')
  logOut(@Ctx() { response }: Context) {
    response.clearCookie('name', { path: '/' });
  }

  @Get('/who')
  who(@Cookie('name') name: string = 'anonymous') {
    return name;
  }

  @Get('/loop')
  loop() {
    return redirect('/loop');
  }

  @Get('/elsewhere')
  elsewhere() {
    return redirect('https://elsewhere.example/');
  }

  @Post('/keep')
  keep() {
    return redirect('/mirror', { status: 307 });
  }

  @Post('/turn')
  turn() {
    return redirect('/mirror');
  }

  @Get('/count')
  count(@Ctx() context: Context, @Header('x-parts', Number) parts: number | undefined) {
    context.signal.addEventListener('abort', () => notes.push('aborted'));
    return stream(count(parts ?? Infinity));
  }

  @Get('/silent')
  silent(@Ctx() context: Context) {
    return new Promise((resolve) => {
      notes.push('asked');
      context.signal.addEventListener('abort', () => {
        notes.push('aborted');
        resolve('too late');
      });
    });
  }

  @Get('/events')
  events() {
    const source = Buffer.from(
      ': hello\n\nid: 7\nevent: tick\ndata: one\ndata: two\n\ndata: ü\nretry: 50\n\n',
    );
    return stream(eachByte(source), { headers: { 'Content-Type': 'text/event-stream' } });
  }

  @Get('/broken')
  broken() {
    return stream(breakOff());
  }
}

async function* count(parts: number): AsyncGenerator<string> {
  for (let part = 0; part < parts; part++) {
    await new Promise(setImmediate);
    yield `${part}\n`;
  }
}

async function* eachByte(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield Buffer.of(byte);
}

async function* breakOff(): AsyncGenerator<string> {
  yield 'a part';
  throw new Error('broken on purpose');
}
