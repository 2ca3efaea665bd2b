import { Transform } from 'class-transformer';
import { IsEnum, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, NotContains } from 'class-validator';
import { z } from 'zod';
import {
  Controller,
  Cookie,
  createApp,
  createParameterDecorator,
  Get,
  Header,
  HostParam,
  Param,
  Query,
} from '@sluice/core';
import { makeOpenApi, Operation, OPERATION, SchemaName } from '../../src';
import { findOperation, INFO, readDocument } from '../read-document';

enum Level {
  Low,
  High,
}

class Page {
  @IsOptional() @IsInt() @Min(0) @Max(100) offset = 0;
  @IsString() q!: string;
  @IsOptional() @IsString({ each: true }) tags?: string[];
  @IsOptional() since?: Date;
  @Transform(({ value }) => String(value)) @IsString() made!: string;
}

class Choice {
  @IsOptional() @IsEnum(Level) level?: Level;
  @IsOptional() @IsIn(['a', 'b']) letter?: string;
  @IsOptional() @IsString() @MaxLength(5) @NotContains(' ') word?: string;
}

interface Tree {
  readonly q: string;
  readonly next?: Tree | undefined;
}
const Tree: z.ZodType<Tree> = z.object({
  q: z.string(),
  get next() {
    return Tree.optional();
  },
});

class Agent {
  @IsString() userAgent!: string;
}

const Tenant = createParameterDecorator('Tenant', () => 1, {
  describes: {
    requestHeaders: { 'X-Tenant': { description: 'The tenant.', required: true, type: 'integer' } },
  },
});

@Controller('/all')
class AllController {
  @Get('/texts/:id')
  texts(
    @Param('id', 'uuid') id: string,
    @Query('limit', { default: 20 }) limit: number,
    @Query('on', { required: true }) on: Date,
    @Query('big') big: bigint,
    @Query('tag', [String]) tags: string[],
    @Query('n', { type: ['integer'], default: [1] } as never) numbers: number[],
    @Query('level', { enum: Level }) level: Level,
    @Query('dry') isDry: boolean,
    @Header('X-Kind') kind: string,
    @Header('Authorization') authorization: string,
    @Cookie('theme') theme: string,
    @Tenant() tenant: number,
  ) {
    return [id, limit, on, big, tags, numbers, level, isDry, kind, authorization, theme, tenant];
  }
  @Get('/page') page(@Query() page: Page, @Header() agent: Agent) {
    return [page, agent];
  }
  @Get('/zod') zod(
    @Query(z.object({ q: z.string().min(2), limit: z.coerce.number().optional() })) query: object,
  ) {
    return query;
  }
  @Get('/choice') choice(@Query() choice: Choice) {
    return choice;
  }
  @Get('/named/:id') named(
    @Param(SchemaName('Place')(z.object({ id: z.coerce.number() }))) place: object,
    @Query(z.object({ q: z.string() }).meta({ id: 'Search' })) query: object,
    @Header(SchemaName('Head')(z.object({ 'x-kind': z.string() }))) head: object,
  ) {
    return [place, query, head];
  }
  @Get('/tree') tree(@Query(Tree) tree: Tree) {
    return tree;
  }
  @Get('/record') record(@Query(z.record(z.string(), z.string())) query: object) {
    return query;
  }
  @Get('/files/*')
  @Operation({ parameters: { wildcard: 'The path of the file.' } })
  file(@Param('*') rest: string) {
    return rest;
  }
  @Get('/unread/:year/:month') unread() {}
}

const read = async (id: string) =>
  findOperation(await readDocument({ controllers: [AllController] }), `all.${id}`);

describe('the parameters of an operation', () => {
  it('have the types, defaults and lists of the decorators', async () => {
    const { parameters } = await read('texts');
    const safe = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
    expect(
      parameters?.map(({ name, in: place, required, schema }) => [place, name, required, schema]),
    ).toEqual([
      ['path', 'id', true, { type: 'string', format: 'uuid', pattern: expect.any(String) as string }],
      ['query', 'limit', undefined, { type: 'number', ...safe, default: 20 }],
      ['query', 'on', true, expect.objectContaining({ type: 'string' })],
      ['query', 'big', undefined, { type: 'integer' }],
      ['query', 'tag', undefined, { type: 'array', items: { type: 'string' } }],
      [
        'query',
        'n',
        undefined,
        { type: 'array', items: { type: 'integer', ...safe, examples: [1] }, default: [1] },
      ],
      ['query', 'level', undefined, { type: 'integer', enum: [0, 1] }],
      ['query', 'dry', undefined, { type: 'boolean' }],
      ['header', 'X-Kind', undefined, { type: 'string' }],
      ['cookie', 'theme', undefined, { type: 'string' }],
      ['header', 'X-Tenant', true, { type: 'integer' }],
    ]);
  });

  it('are the fields of a class that takes a whole part', async () => {
    const { parameters } = await read('page');
    expect(
      parameters?.map(({ name, in: place, required, schema }) => [place, name, required, schema]),
    ).toEqual([
      ['query', 'offset', undefined, { type: 'integer', minimum: 0, maximum: 100, default: 0 }],
      ['query', 'q', true, { type: 'string' }],
      ['query', 'tags', undefined, { type: 'array', items: { type: 'string' } }],
      [
        'query',
        'since',
        undefined,
        expect.objectContaining({ type: 'string', anyOf: expect.anything() as unknown }),
      ],
      ['query', 'made', undefined, {}],
      ['header', 'user-agent', true, { type: 'string' }],
    ]);
  });

  it('are the properties of a schema that takes a whole part', async () => {
    expect((await read('zod')).parameters).toEqual([
      { name: 'q', in: 'query', required: true, schema: { type: 'string', minLength: 2 } },
      { name: 'limit', in: 'query', schema: { type: 'number' } },
    ]);
    expect((await read('record')).parameters).toMatchObject([
      { name: 'query', in: 'query', style: 'form', explode: true, schema: { type: 'object' } },
    ]);
  });

  it('are the properties of a schema that has a name, or refers to itself', async () => {
    expect((await read('named')).parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'number' } },
      { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
      { name: 'x-kind', in: 'header', required: true, schema: { type: 'string' } },
    ]);
    expect((await read('tree')).parameters).toEqual([
      { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
      { name: 'next', in: 'query', schema: { $ref: '#/components/schemas/AllTree' } },
    ]);
  });

  it('have every rule of an optional property, and no null', async () => {
    expect((await read('choice')).parameters?.map(({ schema }) => schema)).toEqual([
      expect.objectContaining({ type: 'integer', enum: [0, 1] }),
      { type: 'string', enum: ['a', 'b'] },
      { type: 'string', maxLength: 5, not: { pattern: ' ' } },
    ]);
  });

  it('are all of the path, also those that the handler does not take', async () => {
    expect((await read('file')).parameters).toEqual([
      {
        name: 'wildcard',
        in: 'path',
        required: true,
        description: 'The path of the file.',
        schema: { type: 'string' },
      },
    ]);
    expect((await read('unread')).parameters?.map(({ name }) => name)).toEqual(['year', 'month']);
    @Controller('/keys')
    class KeysController {
      @Get('/:key') show(@Param(z.object({ key: z.string(), more: z.string().optional() })) given: object) {
        return given;
      }
    }
    const keys = findOperation(await readDocument({ controllers: [KeysController] }), 'keys.show');
    expect(keys.parameters?.map(({ name }) => name)).toEqual(['key']);
    const routes = [
      {
        method: 'GET' as const,
        path: '/notes/:id',
        handler: () => 1,
        marks: [OPERATION.of({ parameters: { id: { description: 'Its number.', example: 7 } } })],
      },
    ];
    const plain = findOperation(await readDocument({ routes }), 'get.notes.id');
    expect(plain.parameters).toMatchObject([{ name: 'id', description: 'Its number.', example: 7 }]);
  });
});

describe('a route with a host', () => {
  it('has a server of its own, with the labels that are open as variables', async () => {
    @Controller({ path: '/shop', host: ':tenant.example.com' })
    class ShopController {
      @Get() show(@HostParam('tenant') tenant: string) {
        return tenant;
      }
    }
    const { plan } = await createApp({ controllers: [ShopController], basePath: '/api' });
    const document = makeOpenApi(plan, { info: INFO });
    const { servers, parameters, responses } = findOperation(document, 'shop.show');
    expect(servers).toEqual([
      { url: '//{tenant}.example.com/api', variables: { tenant: { default: 'tenant' } } },
    ]);
    expect([parameters, Object.keys(responses)]).toEqual([undefined, ['404', '2XX']]);
  });
});
