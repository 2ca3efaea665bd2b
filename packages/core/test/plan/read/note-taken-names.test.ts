import { IsInt, IsOptional, IsString } from 'class-validator';
import { z } from 'zod';
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
  @Get('/strict') strict(
    @Query(z.strictObject({ a: z.string() })) one: object,
    @Query(z.strictObject({ b: z.string() })) other: object,
    @Query() page: Page,
    @Query('q') q?: string,
  ) {
    return { one, other, page, q };
  }
  @Get('/either') either(
    @Query(z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })])) one: object,
    @Query('b') b?: string,
    @Query('q') q?: string,
  ) {
    return { one, b, q };
  }
  @Get('/record') record(@Query(z.record(z.string(), z.string())) all: object, @Query('q') q: string) {
    return { all, q };
  }
  @Post('/schema') schema(
    @Form(z.strictObject({ a: z.string() })) one: object,
    @Form('title') title: string,
  ) {
    return { one, title };
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
    ['/strict?a=1&b=2&offset=3&q=4', { one: { a: '1' }, other: { b: '2' }, page: { offset: 3 }, q: '4' }],
    ['/either?b=2&q=4', { one: { b: '2' }, b: '2', q: '4' }],
    ['/record?a=1&q=4', { all: { a: '1', q: '4' }, q: '4' }],
  ])('is not unknown to the class or schema that takes the whole query: %s', async (url, expected) => {
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

  it('leaves other names refused by a schema', async () => {
    const response = await app.inject({ url: '/strict?a=1&b=2&z=1' });
    expect(response.json<{ errors: { code: string }[] }>().errors.map(({ code }) => code)).toEqual([
      'unrecognized_keys',
      'unrecognized_keys',
      'whitelistValidation',
    ]);
  });

  it('is not unknown to the class or schema that takes the whole form', async () => {
    const send = async (body: string, url = '/form') => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      return (await app.inject({ method: 'POST', url, headers, body })).json<object>();
    };
    expect(await send('title=a&offset=1')).toEqual({ page: { offset: 1 }, title: 'a' });
    expect(await send('title=a&a=1', '/schema')).toEqual({ one: { a: '1' }, title: 'a' });
    expect(await send('title=a&q=1')).toMatchObject({ status: 422, errors: [{ pointer: '/q' }] });
  });
});
