import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  Allow,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateIf,
  ValidatorConstraint,
  Validate,
  type ValidatorConstraintInterface,
} from 'class-validator';
import * as z from 'zod';
import { Controller, Cookie, createApp, Form, Get, Header, Param, Post, Query, type App } from '../../../src';

const MayBeMissing = () => ValidateIf((_object, value: unknown) => value !== undefined);

class ListUsers {
  @MayBeMissing() @IsInt() @Min(1) @Max(100) limit: number = 20;
  @MayBeMissing() @IsString({ each: true }) @Type(() => String) tag: string[] = [];
  @MayBeMissing() @IsBoolean() adult?: boolean;
  @IsOptional() @Allow() since?: Date;
  @IsOptional() @IsInt({ each: true }) size?: number[];
}

class Split {
  @IsArray() @Transform(({ value }: { value: string }) => value.split(',')) ids!: string[];
  @IsOptional() @Type(() => Number) @IsInt() page?: number;
}

class Agent {
  @IsString() userAgent!: string;
  @IsOptional() @IsInt() xLimit?: number;
}

class Theme {
  @IsOptional() @IsBoolean() dark?: boolean;
}

class Place {
  @IsInt() id!: number;
  @IsString() name!: string;
}

@ValidatorConstraint({ async: true })
class IsKnown implements ValidatorConstraintInterface {
  validate(value: unknown) {
    return Promise.resolve(value === 'ada');
  }
}

class Outer {
  @Expose({ name: 'per-page' }) @IsOptional() @IsInt() @Max(9) perPage: number = 5;
  @Expose({ name: 'q' }) @IsOptional() @IsString() @Transform(({ value }) => (value as string).trim()) query =
    '*';
  @IsOptional() @IsString({ each: true }) @Type(() => String) tags?: Set<string>;
  @Exclude() @IsOptional() @IsInt() secret?: number;
}

class OuterCookies {
  @Expose({ name: 'per-page' }) @IsOptional() @IsInt() perPage?: number;
}

class OuterPath {
  @Expose({ name: 'id' }) @IsInt() place!: number;
}

class OuterHeaders {
  @Expose({ name: 'X-Trace-ID' }) @IsOptional() @IsInt() trace?: number;
  @IsOptional() @IsInt() xLimit?: number;
}

class Search {
  @Validate(IsKnown) who!: string;
}

const schema = z.strictObject({ limit: z.coerce.number().max(10), tag: z.array(z.string()).optional() });

@Controller()
class ReadController {
  @Get('/list') list(@Query() filter: ListUsers) {
    return { made: filter instanceof ListUsers, ...filter };
  }
  @Get('/split') split(@Query() { ids, page }: Split) {
    return { ids, page };
  }
  @Get('/headers') headers(@Header() agent: Agent) {
    return agent;
  }
  @Get('/cookies') cookies(@Cookie() theme: Theme) {
    return theme;
  }
  @Get('/place/:id/:name') place(@Param() place: Place) {
    return place;
  }
  @Get('/schema') schema(@Query(schema) filter: z.infer<typeof schema>) {
    return filter;
  }
  @Get('/schemas/:id') schemas(
    @Param(z.object({ id: z.coerce.number() })) path: unknown,
    @Header(z.looseObject({ 'x-one': z.string() })) headers: Record<string, string>,
    @Cookie(z.object({ theme: z.string() })) cookies: unknown,
  ) {
    return { path, one: headers['x-one'], cookies };
  }
  @Get('/outer') outer(
    @Query() { perPage, query, tags = new Set(), secret }: Outer,
    @Header() headers: OuterHeaders,
  ) {
    return { perPage, query, tags: [...tags], secret, headers };
  }
  @Get('/outer-cookies/:id') outerCookies(
    @Cookie() { perPage }: OuterCookies,
    @Param() { place }: OuterPath,
  ) {
    return { perPage, place };
  }
  @Post('/outer') outerForm(@Form() { perPage }: Outer) {
    return { perPage };
  }
  @Get('/search') search(@Query() { who }: Search) {
    return { who };
  }
  @Get('/strip') strip(@Query({ unknownKeys: 'strip' }) filter: ListUsers) {
    return filter;
  }
  @Get('/both/:id') both(
    @Param('id', 'integer') id: number,
    @Query() filter: ListUsers,
    @Header() agent: Agent,
  ) {
    return { id, filter, agent };
  }
}

describe('a whole part of the request', () => {
  let app: App;

  beforeAll(async () => {
    app = await createApp({ controllers: [ReadController] });
  });

  afterAll(() => app.close());

  const get = async (url: string, headers: Record<string, string> = {}) => {
    const response = await app.inject({ url, headers });
    const answer: { errors?: { in: string; pointer: string; code: string }[] } = response.json();
    return answer.errors?.map((one) => `${one.in} ${one.pointer} ${one.code}`) ?? answer;
  };

  it('is an instance of the class, with each property converted to its type', async () => {
    expect(await get('/list?limit=5&tag=a&tag=b&adult=false&since=2026-01-31&size=1')).toEqual({
      made: true,
      limit: 5,
      tag: ['a', 'b'],
      adult: false,
      since: '2026-01-31T00:00:00.000Z',
      size: [1],
    });
  });

  it('keeps the defaults of the class for names that were not sent', async () => {
    expect(await get('/list')).toEqual({ made: true, limit: 20, tag: [] });
  });

  it('has the names of @Expose, in values, in unknown keys and in pointers', async () => {
    expect(await get('/outer?per-page=3&q=+a+&tags=x&secret=5', { 'x-trace-id': '7' })).toEqual({
      perPage: 3,
      query: 'a',
      tags: ['x'],
      headers: { trace: 7 },
    });
    expect(await get('/outer')).toEqual({ perPage: 5, query: '*', tags: [], headers: {} });
    expect(
      await get('/outer?perPage=3&query=a&per-page=10', { 'x-trace-id': 'a', 'x-limit': '1.5' }),
    ).toEqual([
      'query /perPage whitelistValidation',
      'query /query whitelistValidation',
      'query /per-page max',
      'header /x-trace-id number',
      'header /x-limit isInt',
    ]);
    expect(await get('/outer?per-page=x')).toEqual(['query /per-page number']);
    expect(await get('/outer-cookies/3', { cookie: 'per-page=2' })).toEqual({ perPage: 2, place: 3 });
    expect(await get('/outer-cookies/x', { cookie: 'per-page=x' })).toEqual([
      'cookie /per-page number',
      'path /id number',
    ]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = async (body: string) =>
      (await app.inject({ method: 'POST', url: '/outer', body, headers })).json();
    expect(await post('per-page=4')).toEqual({ perPage: 4 });
    expect(await post('per-page=x&perPage=1')).toMatchObject({
      errors: [{ pointer: '/per-page' }, { pointer: '/perPage' }],
    });
  });

  it('takes the first value of a repeated name that is not a list', async () => {
    expect(await get('/list?limit=1&limit=x')).toMatchObject({ limit: 1 });
  });

  it.each([
    ['limit=ten', ['query /limit number']],
    ['limit=0', ['query /limit min']],
    ['limit=1.5', ['query /limit isInt']],
    ['adult=yes', ['query /adult boolean']],
    ['page=2', ['query /page whitelistValidation']],
    ['size=1&size=x&size=y', ['query /size/1 number', 'query /size/2 number']],
    ['__proto__=1', ['query /__proto__ whitelistValidation']],
    ['constructor=1', ['query /constructor whitelistValidation']],
  ])('refuses %s', async (query, errors) => expect(await get(`/list?${query}`)).toEqual(errors));

  it('reports the errors of all parts together', async () => {
    expect(
      await get('/both/x?limit=ten&adult=yes&tag=1&page=2&size=1.5', { 'x-limit': 'y', 'user-agent': 'me' }),
    ).toEqual([
      'path /id integer',
      'query /limit number',
      'query /adult boolean',
      'query /page whitelistValidation',
      'query /size/0 isInt',
      'header /x-limit number',
    ]);
  });

  it('strips unknown keys if it should, and in headers and cookies always', async () => {
    expect(await get('/strip?page=2')).toEqual({ limit: 20, tag: [] });
    expect(await get('/headers', { 'user-agent': 'me', 'x-limit': '7', 'x-other': '1' })).toEqual({
      userAgent: 'me',
      xLimit: 7,
    });
    expect(await get('/cookies', { cookie: 'dark=true; other=1' })).toEqual({ dark: true });
  });

  it('is stripped of unknown keys if the application says so', async () => {
    const lax = await createApp({ controllers: [ReadController], validation: { unknownKeys: 'strip' } });
    expect((await lax.inject({ url: '/list?page=2' })).status).toBe(200);
    await lax.close();
  });

  it('points at headers by their own name', async () => {
    expect(await get('/headers')).toEqual(['header /user-agent isString']);
  });

  it('may be the path', async () => {
    expect(await get('/place/7/a%20b')).toEqual({ id: 7, name: 'a b' });
    expect(await get('/place/x/b')).toEqual(['path /id number']);
  });

  it('gives @Transform the text', async () => {
    expect(await get('/split?ids=a,b&page=2')).toEqual({ ids: ['a', 'b'], page: 2 });
    expect(await get('/split?ids=a&page=x')).toEqual(['query /page number']);
  });

  it('is the output of a schema, which gets the texts', async () => {
    expect(await get('/schema?limit=5&tag=a&tag=b')).toEqual({ limit: 5, tag: ['a', 'b'] });
    expect((await get('/schema?limit=50&page=1')) as string[]).toHaveLength(2);
    const headers = { 'x-one': '1', cookie: 'theme=dark' };
    expect(await get('/schemas/7', headers)).toEqual({
      path: { id: 7 },
      one: '1',
      cookies: { theme: 'dark' },
    });
    expect(await get('/schemas/x')).toEqual([
      expect.stringContaining('path /id'),
      expect.stringContaining('header /x-one'),
      expect.stringContaining('cookie /theme'),
    ]);
  });

  it('waits for an asynchronous rule', async () => {
    expect(await get('/search?who=ada')).toEqual({ who: 'ada' });
    expect(await get('/search?who=eve&page=1')).toEqual([
      'query /page whitelistValidation',
      'query /who IsKnown',
    ]);
  });
});
