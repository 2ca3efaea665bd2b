import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { Controller, createApp, Get, Param, Query, type App } from '@sluice/core';

class ListUsers {
  @IsOptional() @IsInt() @Min(1) @Max(100) limit: number = 20;
  @IsOptional() @IsString({ each: true }) @Type(() => String) tag: string[] = [];
  @IsOptional() @IsBoolean() adult?: boolean;
}

@Controller('/users')
class UsersController {
  @Get()
  list(@Query() filter: ListUsers) {
    return filter;
  }

  @Get('/brackets')
  brackets(@Query({ brackets: true }) filter: ListUsers) {
    return filter;
  }

  @Get('/:id')
  show(@Param('id', 'integer') id: number, @Query() filter: ListUsers) {
    return { id, filter };
  }
}

describe('A query taken as a class', () => {
  let app: App;
  let origin: string;

  beforeAll(async () => {
    app = await createApp({ controllers: [UsersController] });
    const { port } = await app.listen({ host: '127.0.0.1', port: 0 });
    origin = `http://127.0.0.1:${port}`;
  });

  afterAll(() => app.close());

  async function get(path: string): Promise<[number, unknown]> {
    const response = await fetch(`${origin}${path}`);
    const answer = (await response.json()) as { errors?: { in: string; pointer: string }[] };
    return [response.status, answer.errors?.map((one) => `${one.in} ${one.pointer}`) ?? answer];
  }

  it('has every property made into its type, and its own defaults', async () => {
    expect(await get('/users?limit=5&tag=a&tag=b&adult=true')).toEqual([
      200,
      { limit: 5, tag: ['a', 'b'], adult: true },
    ]);
    expect(await get('/users')).toEqual([200, { limit: 20, tag: [] }]);
  });

  it.each(['tag[]=a', 'tag%5B%5D=a'])(
    'has a list of names with brackets where it asks for them: %s',
    async (query) => {
      expect(await get(`/users/brackets?${query}&tag=b`)).toEqual([200, { limit: 20, tag: ['a', 'b'] }]);
      expect(await get(`/users?${query}`)).toEqual([422, ['query /tag[]']]);
    },
  );

  it('is refused with all that is wrong in one answer', async () => {
    expect(await get('/users/x?limit=101&adult=yes&page=2')).toEqual([
      422,
      ['path /id', 'query /adult', 'query /page', 'query /limit'],
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('does not let %s in', async (key) => {
    expect(await get(`/users?${key}=1&${key}=2`)).toEqual([422, [`query /${key}`]]);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
    expect(await get('/users')).toEqual([200, { limit: 20, tag: [] }]);
  });

  it('reports no more than 100 errors, however many keys there are', async () => {
    const keys = Array.from({ length: 500 }, (_, index) => `k${index}=1`).join('&');
    const [status, errors] = await get(`/users?limit=ten&${keys}`);
    expect([status, (errors as string[]).length, (errors as string[])[0]]).toEqual([
      422,
      100,
      'query /limit',
    ]);
  });
});
