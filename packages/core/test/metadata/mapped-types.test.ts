import { Exclude, Expose, plainToInstance, Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  validateSync,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  Body,
  ConfigurationError,
  Controller,
  createApp,
  Form,
  Get,
  Header,
  IntersectionType,
  OmitType,
  PartialType,
  PickType,
  Post,
  Query,
  Returns,
  type App,
  type Class,
} from '../../src';

class Address {
  @IsString() city!: string;
}

class Entity {
  @IsInt() id!: number;
}

class Cat extends Entity {
  @IsString() @MaxLength(5) name!: string;
  @IsInt() @Min(0) lives: number = 9;
  @IsOptional() @IsString() note?: string;
  @ValidateNested() @Type(() => Address) home: Address = new Address();

  describe() {
    return this.name;
  }
}

async function serve(type: Class, groups?: string[]): Promise<App> {
  @Controller()
  class Bodies {
    @Post() take(@Body(type, { ...(groups && { groups }) }) body: object) {
      return { body, isMade: body instanceof type };
    }
  }
  return await createApp({ controllers: [Bodies] });
}

/** The body as the handler gets it, or the pointers of its faults. */
async function send(type: Class, body: object, groups?: string[]): Promise<unknown> {
  const app = await serve(type, groups);
  const response = await app.inject({ method: 'POST', url: '/', body });
  if (response.status === 200) return response.json<{ body: unknown }>().body;
  const { errors } = response.json<{ errors: { pointer: string; code: string }[] }>();
  return errors.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('PartialType', () => {
  it('makes every property optional, those of parents too, and keeps the rules', async () => {
    const Partial = PartialType(Cat);
    expect(await send(Partial, {})).toEqual({});
    expect(await send(Partial, { id: 1, home: { city: 'Rome' } })).toEqual({ id: 1, home: { city: 'Rome' } });
    expect(await send(Partial, { id: 'x', name: 'Bartholomew', lives: -1, home: {} })).toEqual([
      '/name maxLength',
      '/lives min',
      '/home/city isString',
      '/id isInt',
    ]);
    expect(await send(Partial, { age: 1 })).toEqual(['/age whitelistValidation']);
  });

  it('leaves defaults out, which would overwrite what a partial update does not mention', async () => {
    expect(await send(PartialType(Cat), { name: 'Tom' })).toEqual({ name: 'Tom' });
  });

  it('accepts null as @IsOptional does, unless an option forbids it', async () => {
    expect(await send(PartialType(Cat), { name: null })).toEqual({ name: null });
    const Strict = PartialType(Cat, { skipNullProperties: false });
    expect(await send(Strict, {})).toEqual({});
    expect(await send(Strict, { name: null })).toEqual(['/name maxLength', '/name isString']);
    expect(await send(Strict, { note: null })).toEqual({ note: null });
  });

  it('is optional in every group', async () => {
    class Grouped {
      @IsString({ groups: ['create'] }) name!: string;
      @IsInt({ groups: ['update'] }) age!: number;
    }
    expect(await send(PartialType(Grouped), {}, ['create'])).toEqual({});
    expect(await send(PartialType(Grouped), { name: 1 }, ['create'])).toEqual(['/name isString']);
    expect(await send(PartialType(Grouped), { name: 1 }, ['update'])).toEqual(['/name whitelistValidation']);
  });

  it('leaves the other class as it was', async () => {
    PartialType(Cat);
    expect(await send(Cat, { name: 'Tom' })).toEqual(['/home/city isString', '/id isInt']);
  });

  it('can be extended: a subclass adds and replaces rules', async () => {
    class UpdateCat extends PartialType(Cat) {
      @IsBoolean() sure!: boolean;
      @MaxLength(2) declare name?: string;
    }
    expect(await send(UpdateCat, { sure: true })).toEqual({ sure: true });
    expect(await send(UpdateCat, { name: 'Tom' })).toEqual(['/sure isBoolean', '/name maxLength']);
  });
});

describe('PickType and OmitType', () => {
  it('keep the rules, types and defaults of the properties that are left', async () => {
    const Picked = PickType(Cat, ['name', 'lives', 'id']);
    const Omitted = OmitType(Cat, ['home', 'note']);
    for (const Type of [Picked, Omitted]) {
      expect(await send(Type, { name: 'Tom', id: 1 })).toEqual({ id: 1, name: 'Tom', lives: 9 });
      expect(await send(Type, { name: 'Tom', id: 'x' })).toEqual(['/id isInt']);
      expect(await send(Type, { name: 'Tom', id: 1, note: 'x' })).toEqual(['/note whitelistValidation']);
    }
  });

  it('keep nested classes and the condition of a rule', async () => {
    class Event {
      @IsBoolean() isOnline!: boolean;
      @ValidateIf(({ isOnline }: Event) => !isOnline) @ValidateNested() @Type(() => Address) at!: Address;
      @IsArray() @ValidateNested({ each: true }) @Type(() => Address) more: Address[] = [];
    }
    const Picked = PickType(Event, ['isOnline', 'at']);
    expect(await send(Picked, { isOnline: true })).toEqual({ isOnline: true });
    expect(await send(Picked, { isOnline: false, at: {} })).toEqual(['/at/city isString']);
    expect(await send(OmitType(Event, ['at']), { isOnline: true, more: [{}] })).toEqual([
      '/more/0/city isString',
    ]);
  });

  it('keep getters and setters, and leave methods out', async () => {
    class Person {
      @IsString() first!: string;
      private text = '';
      get last() {
        return this.text;
      }
      @IsString() set last(value: string) {
        this.text = value.trim();
      }
      greet() {
        return this.first;
      }
    }
    const person = Object.assign(new (PickType(Person, ['last']))(), { last: ' Doe ' });
    expect(person.last).toBe('Doe');
    expect('greet' in new (OmitType(Person, ['first']))()).toBe(false);
    expect(await send(PickType(Person, ['last']), {})).toEqual(['/last isString']);
  });
});

describe('IntersectionType', () => {
  class Page {
    @IsInt() page: number = 1;
    @IsOptional() @IsString() name?: string;
  }

  it('has the properties of all classes', async () => {
    const Both = IntersectionType(Entity, Page, Address);
    expect(await send(Both, { id: 1, city: 'Rome' })).toEqual({ id: 1, city: 'Rome', page: 1 });
    expect(await send(Both, { page: 'x' })).toEqual(['/id isInt', '/page isInt', '/city isString']);
  });

  it('checks a common property by the rules of all, and it is optional only if it is so in all', async () => {
    const Named = PickType(Cat, ['name']);
    expect(await send(IntersectionType(Page, Named), {})).toEqual(['/name isString', '/name maxLength']);
    expect(await send(IntersectionType(Page, PartialType(Named)), {})).toEqual({ page: 1 });
    expect(await send(IntersectionType(Page, PartialType(Named)), { name: 'Bartholomew' })).toEqual([
      '/name maxLength',
    ]);
  });
});

describe('the work of class-transformer', () => {
  class Base {
    @Transform(({ value }) => `${String(value)}a`) @IsString() text!: string;
    @Expose({ name: 'full_name' }) @IsString() fullName!: string;
    @Exclude({ toClassOnly: true }) @IsOptional() admin?: boolean;
  }
  class Child extends Base {
    @Transform(({ value }) => `${String(value)}c`)
    @Transform(({ value }) => `${String(value)}b`)
    declare text: string;
  }
  @Exclude()
  class Closed {
    @Expose() @IsString() open!: string;
    @IsOptional() closed?: string;
    @Expose({ toPlainOnly: true }) @IsOptional() sent?: string;
  }

  it.each([
    ['PartialType', (type: Class<Child>): Class => PartialType(type)],
    ['PickType', (type: Class<Child>): Class => PickType(type, ['text', 'fullName', 'admin'])],
    ['OmitType', (type: Class<Child>): Class => OmitType(type, [])],
    ['IntersectionType', (type: Class<Child>): Class => IntersectionType(type)],
    ['a subclass of PartialType', (type: Class<Child>): Class => class extends PartialType(type) {}],
  ])('is the same in %s', (_name, map) => {
    const plain = { text: '1', full_name: 'A B', admin: true };
    const made = plainToInstance(map(Child), plain);
    expect({ ...(made as object) }).toEqual({ ...plainToInstance(Child, plain) });
    expect(validateSync(made as object)).toEqual([]);
  });

  it.each([
    ['PartialType', PartialType(Closed)],
    ['PickType', PickType(Closed, ['open', 'closed', 'sent'])],
    ['IntersectionType', IntersectionType(Closed, Address)],
    ['a subclass of OmitType', class extends OmitType(Closed, []) {}],
  ])('is excluded by the class in %s', (_name, type) => {
    const made = plainToInstance(type, {
      open: 'a',
      closed: 'b',
      sent: 'c',
      city: 'Rome',
    });
    expect(made).toMatchObject({ open: 'a' });
    expect(Object.keys(made)).not.toContain('closed');
    expect(Object.keys(made)).not.toContain('sent');
  });
});

describe('a mapped class for texts', () => {
  class ListCats {
    @IsOptional() since?: Date;
    @IsInt() limit: number = 20;
    @IsBoolean() isTame!: boolean;
    @IsString({ each: true }) tags: string[] = [];
  }

  it('converts them to the types that the compiler emitted for the other class', async () => {
    class Filter extends PartialType(ListCats) {}
    @Controller()
    class Lists {
      @Get() query(@Query() filter: Filter) {
        return { filter, isDate: filter.since instanceof Date };
      }
      @Post() form(@Form(PickType(ListCats, ['limit', 'tags'])) form: object) {
        return form;
      }
      @Get('/headers') headers(@Header(PickType(ListCats, ['isTame'])) headers: object) {
        return headers;
      }
    }
    const app = await createApp({ controllers: [Lists] });
    const query = await app.inject({ url: '/?since=2026-01-31&limit=5&isTame=false&tags=a&tags=b' });
    expect(query.json()).toEqual({
      filter: { since: '2026-01-31T00:00:00.000Z', limit: 5, isTame: false, tags: ['a', 'b'] },
      isDate: true,
    });
    expect((await app.inject({ url: '/' })).json()).toEqual({ filter: {}, isDate: false });
    expect((await app.inject({ url: '/?limit=abc' })).status).toBe(422);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = await app.inject({ method: 'POST', url: '/', headers, body: 'tags=a' });
    expect(form.json()).toEqual({ limit: 20, tags: ['a'] });
    const tame = await app.inject({ url: '/headers', headers: { 'is-tame': '1' } });
    expect(tame.json()).toEqual({ isTame: true });
  });
});

describe('a mapped class for a reply', () => {
  it('keeps the fields that are left', async () => {
    @Controller()
    class Cats {
      @Get() @Returns(PickType(Cat, ['id', 'name'])) show() {
        return { id: 1, name: 'Tom', secret: 'x', note: 'y' };
      }
    }
    const app = await createApp({ controllers: [Cats] });
    expect((await app.inject({ url: '/' })).json()).toEqual({ id: 1, name: 'Tom' });
  });
});

describe('a mistake in a mapped class', () => {
  it.each([
    ['PartialType', () => PartialType(undefined as never)],
    ['PickType', () => PickType(undefined as never, [])],
    ['OmitType', () => OmitType(null as never, [])],
    ['IntersectionType', () => IntersectionType(Cat, undefined as never)],
  ])('names %s and the circular import', (name, make) => {
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(`OPTION_INVALID  ${name}()`);
    expect(make).toThrow('two files import each other');
  });

  it('is named after the mapped class at start-up', async () => {
    class Filter {
      @IsOptional() either?: string | number;
    }
    @Controller()
    class Lists {
      @Get() list(@Query(PartialType(Filter)) _filter: object) {}
    }
    await expect(createApp({ controllers: [Lists] })).rejects.toThrow('PartialType(Filter).either');
    expect(() => PartialType(Cat, { skipNull: true } as never)).toThrow('OPTION_UNKNOWN');
  });
});
