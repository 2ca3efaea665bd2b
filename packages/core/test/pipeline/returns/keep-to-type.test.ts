import { Transform, Type } from 'class-transformer';
import { Allow, IsArray, IsEmail, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { z } from 'zod';
import {
  Controller,
  createApp,
  created,
  Get,
  jsonLines,
  notFound,
  printPlan,
  Returns,
  Sse,
  sseEvent,
  text,
  type InjectedResponse,
} from '../../../src';
import { makeLogger } from '../../make-logger';

class Address {
  @IsString() city!: string;
}

class PublicUser {
  @IsString() name!: string;
  @IsEmail() email!: string;
  @IsOptional() @IsString() nick?: string | null;
  @Type(() => Address) @ValidateNested() @IsOptional() address?: Address;
  @Type(() => PublicUser) @ValidateNested({ each: true }) @IsOptional() @IsArray() friends?: PublicUser[];
  @Allow() since?: Date;
}

/** A record of a store, with a secret. */
class User extends PublicUser {
  passwordHash = 'secret';
  override name = 'Ada';
  override email = 'ada@example.com';
  override address = { city: 'London', door: 'secret' };
}

class Both {
  @IsInt() @Transform(({ value }) => Number(value)) count!: number;
  @IsString() @Transform(() => fail(), { toClassOnly: true }) name!: string;
  @Type(() => Address) @ValidateNested() @Transform(() => new Address()) address!: Address;
}

function fail(): never {
  throw new Error('This ran on a reply.');
}

const PlainUser = z.object({ name: z.string() });
const Contact = z.object({ name: z.string(), email: z.string() });

@Controller('/users')
class UsersController {
  @Get('/one') @Returns(PublicUser) one() {
    return Object.assign(new User(), { friends: [new User()], nick: null, since: new Date(0) });
  }
  @Get('/later') @Returns(PublicUser) async later() {
    return Promise.resolve(new User());
  }
  @Get('/created') @Returns(PublicUser) create() {
    return created(new User(), { location: '/users/1' });
  }
  @Get('/list') @Returns([PublicUser]) list() {
    return [new User()];
  }
  @Get('/each') @Returns(PublicUser, { each: true, include: ['name'] }) each() {
    return [new User()];
  }
  @Get('/less') @Returns(PublicUser, { exclude: ['email', 'address'], omitNull: true }) less() {
    return { ...new User(), nick: null };
  }
  @Get('/undefined') @Returns(Address, { omitUndefined: false, validate: false }) undefinedField() {
    return {} as Address;
  }
  @Get('/document') @Returns(Address) document() {
    return { toJSON: () => ({ city: 'Paris', secret: 1 }) };
  }
  @Get('/lines') @Returns(PublicUser, { include: ['name'] }) lines() {
    return jsonLines([new User(), new User()]);
  }
  @Sse('/events') @Returns(PublicUser, { include: ['name'] }) async *events() {
    yield await Promise.resolve(new User());
    yield sseEvent(new User(), { id: 1 });
  }
  @Get('/schema') @Returns(PlainUser) schema() {
    return new User();
  }
  @Get('/schemas') @Returns([PlainUser] as never) schemas() {
    return [new User()];
  }
  @Get('/schema-include')
  @Returns(z.array(z.union([Contact, z.null(), z.number()])), { include: ['name'] } as never)
  schemaInclude() {
    return [new User(), null, 5];
  }
  @Get('/schema-date') @Returns(z.date()) schemaDate() {
    return new Date(0);
  }
  @Get('/schema-exclude') @Returns(Contact, { exclude: ['email'] }) schemaExclude() {
    return new User();
  }
  @Get('/both') @Returns(Both) both() {
    return { count: 1, name: 'a', address: { city: 'Rome' } };
  }
  @Get('/both-wrong') @Returns(Both) bothWrong() {
    return { count: '1' as unknown as number, name: 'a', address: { city: 'Rome' } };
  }
  @Get('/error') @Returns(PublicUser) error() {
    return notFound();
  }
  @Get('/text') @Returns(PublicUser) text() {
    return text('a');
  }
  @Get('/broken') @Returns(PublicUser) broken() {
    return { name: 5 as never, email: 'not an address', passwordHash: 'secret' };
  }
  @Get('/broken-schema') @Returns(PlainUser) brokenSchema() {
    return { name: 5 as never };
  }
}

const PUBLIC = { name: 'Ada', email: 'ada@example.com', address: { city: 'London' } };

async function get(
  path: string,
  development: boolean,
): Promise<InjectedResponse & { readonly logged: readonly unknown[] }> {
  const logger = makeLogger();
  const app = await createApp({ controllers: [UsersController], development, logger });
  return Object.assign(await app.inject({ url: `/users${path}` }), { logged: logger.errors });
}

describe.each([true, false])('@Returns (development: %p)', (development) => {
  it.each<[string, unknown]>([
    ['/one', { ...PUBLIC, nick: null, friends: [PUBLIC], since: '1970-01-01T00:00:00.000Z' }],
    ['/later', PUBLIC],
    ['/created', PUBLIC],
    ['/list', [PUBLIC]],
    ['/each', [{ name: 'Ada' }]],
    ['/less', { name: 'Ada' }],
    ['/undefined', { city: null }],
    ['/document', { city: 'Paris' }],
    ['/both', { count: 1, name: 'a', address: { city: 'Rome' } }],
    ['/schema', { name: 'Ada' }],
    ['/schemas', [{ name: 'Ada' }]],
    ['/schema-include', [{ name: 'Ada' }, null, 5]],
    ['/schema-exclude', { name: 'Ada' }],
    ['/schema-date', '1970-01-01T00:00:00.000Z'],
  ])('sends of %s only the fields of its type', async (path, body) => {
    const response = await get(path, development);
    expect([response.json(), response.logged]).toEqual([body, []]);
  });

  it('keeps the status and the headers of a reply', async () => {
    const { status, headers } = await get('/created', development);
    expect([status, headers['location']]).toEqual([201, '/users/1']);
  });

  it('applies to each item of a stream', async () => {
    expect((await get('/lines', development)).text()).toBe('{"name":"Ada"}\n{"name":"Ada"}\n');
    expect((await get('/events', development)).text()).toBe(
      'data: {"name":"Ada"}\n\nid: 1\ndata: {"name":"Ada"}\n\n',
    );
  });

  it('passes on errors and replies without JSON', async () => {
    expect((await get('/error', development)).status).toBe(404);
    expect((await get('/text', development)).text()).toBe('a');
  });

  it('is a step of the plan', async () => {
    const app = await createApp({ controllers: [UsersController], development });
    expect(printPlan(app.plan)).toContain('returns([PublicUser]) > list');
    expect(JSON.stringify(app.plan)).toContain('"returns"');
  });

  it('answers 500 if the schema refuses the result', async () => {
    expect((await get('/broken-schema', development)).status).toBe(500);
  });
});

describe('a reply that breaks its own type', () => {
  it('is a 500 in development, and the log names field and rule', async () => {
    const { status, logged } = await get('/broken', true);
    expect([status, String(logged)]).toEqual([
      500,
      expect.stringContaining('The reply does not match its @Returns: /name (isString), /email (isEmail).'),
    ]);
  });

  it('is not corrected by the transforms of a request', async () => {
    const { status, logged } = await get('/both-wrong', true);
    expect([status, String(logged)]).toEqual([500, expect.stringContaining('/count (isInt)')]);
    expect((await get('/both-wrong', false)).json()).toMatchObject({ count: '1' });
  });

  it('is sent in production, with the fields of its type', async () => {
    expect((await get('/broken', false)).json()).toEqual({ name: 5, email: 'not an address' });
  });
});
