import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString } from 'class-validator';
import * as z from 'zod';
import { Body, Controller, createApp, Form, Get, Header, Post, Query, type App } from '../../../src';

enum Size {
  Small = 's',
  Large = 'l',
}

class Filter {
  @IsOptional() @IsString({ each: true }) @Type(() => String) tags: string[] = [];
  @IsOptional() @IsInt({ each: true }) @Type(() => Number) sizes?: number[];
  @IsOptional() @IsString() name?: string;
  @IsOptional() @Transform(({ value }) => value as unknown) made?: unknown;
}

const Schema = z.strictObject({ tags: z.array(z.string()).optional(), name: z.string().optional() });

@Controller()
class Lists {
  @Get('/asked') asked(
    @Query('n', { type: [Number], brackets: true }) n: number[],
    @Query('size', { enum: Size, brackets: true }) size: Size[],
    @Query('plain', [String]) plain: string[],
  ) {
    return { n, size, plain };
  }

  @Get('/needed') needed(
    @Query('n', { type: [Number], brackets: true, required: true }) n: number[],
    @Query('d', { type: [Number], brackets: true, default: [7] }) d: number[],
  ) {
    return { n, d };
  }

  @Get('/class') class(@Query({ brackets: true }) filter: Filter) {
    return filter;
  }

  @Get('/strip') strip(@Query(Filter, { brackets: true, unknownKeys: 'strip' }) filter: Filter) {
    return filter;
  }

  @Get('/not-asked') notAsked(@Query() filter: Filter) {
    return filter;
  }

  @Get('/schema') schema(@Query(Schema, { brackets: true }) filter: z.infer<typeof Schema>) {
    return filter;
  }

  @Post('/form') form(@Form({ brackets: true }) filter: Filter) {
    return filter;
  }

  @Post('/field') field(@Form('n', { type: [Number], brackets: true }) n: number[]) {
    return { n };
  }

  @Post('/encoded') encoded(@Body('form', { brackets: true }) filter: Filter) {
    return filter;
  }

  @Post('/unchecked') unchecked(@Form({ brackets: true, validate: false }) form: object) {
    return form;
  }
}

describe('a list whose name is sent with brackets', () => {
  let app: App;

  beforeAll(async () => {
    app = await createApp({ controllers: [Lists] });
  });

  async function get(url: string): Promise<unknown> {
    const response = await app.inject({ url });
    if (response.status !== 422) return response.json();
    const { errors } = response.json<{ errors: { pointer: string; code: string }[] }>();
    return errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }

  async function post(url: string, body: string | FormData): Promise<unknown> {
    const sent = new Request('http://localhost', { method: 'POST', body });
    const type =
      typeof body === 'string' ? 'application/x-www-form-urlencoded' : sent.headers.get('content-type')!;
    const bytes = new Uint8Array(await sent.arrayBuffer());
    const response = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': type },
      body: bytes,
    });
    return response.json();
  }

  it.each([
    ['n[]=1', { n: [1] }],
    ['n[]=1&n[]=2', { n: [1, 2] }],
    ['n%5B%5D=1&n%5B%5D=2', { n: [1, 2] }],
    ['n[]=1&n=2&n[]=3', { n: [1, 2, 3] }],
    ['n=1', { n: [1] }],
    ['n[0]=1', {}],
    ['n[][]=1', {}],
    ['size[]=s&size[]=l', { size: ['s', 'l'] }],
    ['plain[]=a', {}],
  ])('is read where it is asked for: %s', async (query, expected) => {
    expect(await get(`/asked?${query}`)).toEqual({ n: [], size: [], plain: [], ...expected });
  });

  it('is checked, needed and replaced as without brackets', async () => {
    expect(await get('/asked?n[]=1&n[]=x')).toEqual(['/n/1 number']);
    expect(await get('/needed')).toEqual(['/n required']);
    expect(await get('/needed?n[]=1')).toEqual({ n: [1], d: [7] });
    expect(await get('/needed?n=1&d[]=2')).toEqual({ n: [1], d: [2] });
  });

  it.each(['/class', '/strip'])('is read into the lists of a class at %s', async (path) => {
    const made = await get(`${path}?tags[]=a&sizes[]=1&sizes[]=2&tags=b&name=x&made[]=m`);
    expect(made).toEqual({ tags: ['a', 'b'], sizes: [1, 2], name: 'x', made: ['m'] });
    expect(await get(`${path}?sizes[]=x`)).toEqual(['/sizes/0 number']);
  });

  it('is an unknown key where the property is not a list, or brackets are not asked for', async () => {
    expect(await get('/class?name[]=x')).toEqual(['/name[] whitelistValidation']);
    expect(await get('/class?other[]=x')).toEqual(['/other[] whitelistValidation']);
    expect(await get('/class?[]=x')).toEqual(['/[] whitelistValidation']);
    expect(await get('/strip?name[]=x')).toEqual({ tags: [] });
    expect(await get('/not-asked?tags[]=x')).toEqual(['/tags[] whitelistValidation']);
  });

  it('is a list for a schema, even with one value', async () => {
    expect(await get('/schema?tags[]=a')).toEqual({ tags: ['a'] });
    expect(await get('/schema?tags[]=a&tags=b')).toEqual({ tags: ['a', 'b'] });
    expect(await get('/schema?name=a')).toEqual({ name: 'a' });
    expect(await get('/schema?name[]=a')).toEqual(['/name invalid_type']);
  });

  it('is read in forms too', async () => {
    const form = new FormData();
    for (const value of ['a', 'b']) form.append('tags[]', value);
    expect(await post('/form', form)).toEqual({ tags: ['a', 'b'] });
    for (const path of ['/form', '/encoded'])
      expect(await post(path, 'tags[]=a&sizes%5B%5D=1')).toEqual({ tags: ['a'], sizes: [1] });
    expect(await post('/field', 'n[]=1&n=2')).toEqual({ n: [1, 2] });
    expect(await post('/unchecked', 'a[]=1&b=2&c[]=3&c[]=4')).toEqual({ a: ['1'], b: '2', c: ['3', '4'] });
  });

  it('cannot name the prototype', async () => {
    const response = JSON.stringify(await post('/unchecked', '__proto__[]=1&a=2'));
    expect(response).toBe('{"__proto__[]":"1","a":"2"}');
  });
});

describe('brackets in a wrong place', () => {
  it.each<[string, () => ParameterDecorator, string]>([
    ['on one text', () => Query('q', { type: String, brackets: true } as never), 'brackets is for lists'],
    [
      'in a header',
      () => Header('q', { type: String, brackets: true } as never),
      'There is no option "brackets"',
    ],
    ['in headers', () => Header({ brackets: true } as never), 'There is no option "brackets"'],
    ['in JSON', () => Body({ brackets: true }), 'brackets is for forms'],
    ['as a text', () => Query({ brackets: 'yes' } as never), 'brackets must be true or false'],
  ])('refuse to start %s', async (_where, decorate, message) => {
    const start = async () => {
      @Controller()
      class Wrong {
        @Post() list(@decorate() _value: string) {}
      }
      await createApp({ controllers: [Wrong] });
    };
    await expect(start()).rejects.toThrow(message);
  });
});
