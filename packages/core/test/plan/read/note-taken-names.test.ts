import { IsInt, IsOptional, IsString } from 'class-validator';
import { Controller, createApp, Form, Get, Post, Query, type App } from '../../../src';

class Page {
  @IsOptional() @IsInt() offset: number = 0;
}

class Words {
  @IsOptional() @IsString() q?: string;
}

@Controller()
class NotesController {
  @Get('/one') one(@Query('q') q: string, @Query() page: Page) {
    return { q, page };
  }
  @Get('/list') list(
    @Query() page: Page,
    @Query('tag', { type: [String], brackets: true }) tag: readonly string[],
  ) {
    return { tag, page };
  }
  @Get('/two') two(@Query() page: Page, @Query() words: Words) {
    return { page, words };
  }
  @Get('/same') same(@Query() page: Page, @Query('offset') offset: string) {
    return { page, offset };
  }
  @Post('/form') form(@Form() page: Page, @Form('title') title: string, @Query('q') q?: string) {
    return { page, title, q };
  }
}

describe('a name that another parameter of the handler takes', () => {
  let app: App;

  beforeAll(async () => {
    app = await createApp({ controllers: [NotesController] });
  });

  it.each([
    ['/one?q=a&offset=1', { q: 'a', page: { offset: 1 } }],
    ['/list?tag=a&tag[]=b&offset=1', { tag: ['a', 'b'], page: { offset: 1 } }],
    ['/two?q=a&offset=1', { page: { offset: 1 }, words: { q: 'a' } }],
    ['/same?offset=1', { page: { offset: 1 }, offset: '1' }],
  ])('is not unknown to the class that takes the whole query: %s', async (url, expected) => {
    expect((await app.inject({ url })).json()).toEqual(expected);
  });

  it.each(['/one?r=a', '/list?q[]=a', '/two?r=a'])('leaves other names refused: %s', async (url) => {
    expect((await app.inject({ url })).json()).toMatchObject({
      status: 422,
      errors: expect.arrayContaining([
        expect.objectContaining({ in: 'query', code: 'whitelistValidation' }),
      ]) as unknown,
    });
  });

  it('is not unknown to the class that takes the whole form', async () => {
    const send = async (body: string) => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      return (await app.inject({ method: 'POST', url: '/form', headers, body })).json<object>();
    };
    expect(await send('title=a&offset=1')).toEqual({ page: { offset: 1 }, title: 'a' });
    expect(await send('title=a&q=1')).toMatchObject({ status: 422, errors: [{ pointer: '/q' }] });
  });
});
