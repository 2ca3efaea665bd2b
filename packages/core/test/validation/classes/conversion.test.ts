import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { Allow, IsBoolean, IsDate, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import {
  Body,
  Controller,
  createApp,
  HttpError,
  notFound,
  Post,
  type Class,
  type ValidationOptions,
} from '../../../src';
import { compileValidator } from '../../../src/validation/compile-validator';
import { makeLogger } from '../../make-logger';
import { judge } from './agreement';

const make = (type: Class, plain: unknown, options?: ValidationOptions) =>
  compileValidator(type, options)(plain, 'body');

describe('a class with other decorators of class-transformer', () => {
  class Circle {
    @IsInt() radius!: number;
  }
  class Square {
    @IsInt() side!: number;
  }
  class Drawing {
    @IsString() @Transform(({ value }) => (value as string).trim()) name!: string;
    @Expose({ name: 'short_title' }) @IsString() title!: string;
    @IsOptional() @Exclude() secret?: string;
    @ValidateNested({ each: true })
    @Type(() => Circle, {
      discriminator: {
        property: 'kind',
        subTypes: [
          { name: 'square', value: Square },
          { name: 'circle', value: Circle },
        ],
      },
    })
    shapes!: (Circle | Square)[];
  }

  it('is made as class-transformer would make it', () => {
    const drawing = make(Drawing, {
      name: ' a ',
      short_title: 'b',
      secret: 'c',
      shapes: [{ kind: 'square', side: 1 }],
    });
    expect(drawing).toEqual({ name: 'a', title: 'b', shapes: [{ side: 1 }] });
    expect((drawing as Drawing).shapes[0]).toBeInstanceOf(Square);
  });

  it('refuses or strips unknown keys all the same', async () => {
    const plain = { name: 'a', short_title: 'b', more: 1, shapes: [{ kind: 'circle', radius: 1, side: 2 }] };
    expect((await judge(Drawing, plain)).map((one) => one.split(':')[0])).toEqual([
      '/more whitelistValidation',
      '/shapes/0/side whitelistValidation',
    ]);
    expect(make(Drawing, plain, { unknownKeys: 'strip' })).toEqual({
      name: 'a',
      title: 'b',
      shapes: [{ radius: 1 }],
    });
  });

  it('is answered with 422 if a decorator throws', async () => {
    expect(await judge(Drawing, { name: 1, short_title: 2, shapes: [] })).toEqual([
      '/name transform: must be convertible to the expected type',
      '/short_title isString: short_title must be a string',
    ]);
  });
});

describe('one decorator of class-transformer', () => {
  class Item {
    @IsInt() id!: number;
  }
  class Special extends Item {}
  class Renamed {
    @IsString() text!: string;
    @IsInt() @Expose({ name: 'item_count' }) count!: number;
  }
  class Hiding {
    @IsString() text!: string;
    @IsOptional() @IsInt() @Exclude() count?: number;
  }
  @Exclude()
  class Closed {
    @IsOptional() @IsString() text?: string;
  }
  class Discriminated {
    @IsString() text!: string;
    @ValidateNested()
    @Type(() => Item, {
      discriminator: { property: 'kind', subTypes: [{ name: 'special', value: Special }] },
    })
    item!: Item;
  }
  class Choosing {
    @IsString() text!: string;
    @ValidateNested()
    @Type((given) => ((given?.object as Choosing).text === 'special' ? Special : Item))
    item!: Item;
  }
  class Collecting {
    @IsString() text!: string;
    @ValidateNested({ each: true }) @Type(() => Item) items!: Set<Item>;
  }

  const build = <T extends object>(type: new () => T, values: Partial<T>): T =>
    Object.assign(new type(), values);
  const special = build(Special, { id: 1 });

  it.each<[string, Class, object, object]>([
    ['@Expose', Renamed, { text: 'a', item_count: 1 }, build(Renamed, { text: 'a', count: 1 })],
    ['@Exclude', Hiding, { text: 'a', count: 1 }, build(Hiding, { text: 'a' })],
    ['@Exclude on the class', Closed, { text: 'a' }, new Closed()],
    [
      'a discriminator',
      Discriminated,
      { text: 'a', item: { kind: 'special', id: 1 } },
      build(Discriminated, { text: 'a', item: special }),
    ],
    [
      'a function that chooses the type',
      Choosing,
      { text: 'special', item: { id: 1 } },
      build(Choosing, { text: 'special', item: special }),
    ],
    [
      'the type of a Set',
      Collecting,
      { text: 'a', items: [{ id: 1 }] },
      build(Collecting, { text: 'a', items: new Set([build(Item, { id: 1 })]) }),
    ],
  ])('is applied among plain properties: %s', (_, type, plain, expected) => {
    expect(make(type, plain)).toStrictEqual(expected);
  });
});

describe('@Expose', () => {
  class Page {
    @Expose() @IsInt() limit = 20;
    @Expose() @IsString() @Transform(({ value }) => (value as string).trim()) order = 'name';
    @Expose()
    @IsOptional()
    @IsString()
    @Transform(({ obj }) => `${(obj as Page).limit} a page`)
    text?: string;
  }

  it('keeps defaults where nothing was sent, and makes what has none', () => {
    expect(make(Page, {})).toStrictEqual(Object.assign(new Page(), { text: 'undefined a page' }));
    expect(make(Page, { limit: 5, order: ' age ' })).toMatchObject({
      limit: 5,
      order: 'age',
      text: '5 a page',
    });
  });

  class Renamed {
    @IsInt() @Expose({ name: 'item_count' }) count = 1;
    @Expose({ name: 'shown', toPlainOnly: true }) @IsOptional() @IsInt() hidden?: number;
    @ValidateNested({ each: true }) @Type(() => Renamed) @Expose({ name: 'in/side' }) inside: Renamed[] = [];
  }

  it('names the property in the body, in unknown keys, in pointers and in messages', async () => {
    expect(make(Renamed, { item_count: 2, hidden: 3, 'in/side': [{ item_count: 4 }] })).toMatchObject({
      count: 2,
      hidden: 3,
      inside: [{ count: 4, inside: [] }],
    });
    expect(await judge(Renamed, { count: 2, shown: 1, 'in/side': [{ item_count: 'x' }] })).toEqual([
      '/count whitelistValidation: property count should not exist',
      '/in~1side/0/item_count isInt: item_count must be an integer number',
      '/shown whitelistValidation: property shown should not exist',
    ]);
    expect(await judge(Renamed, { item_count: 1, inside: [] })).toEqual([
      '/inside whitelistValidation: property inside should not exist',
    ]);
  });

  @Exclude()
  class Closed {
    @Expose() @IsOptional() @IsString() open?: string;
    @IsOptional() @IsString() closed?: string;
    @Exclude({ toPlainOnly: true }) @Expose() @IsOptional() @IsString() password?: string;
  }

  it('opens a property of a class with @Exclude', async () => {
    expect(make(Closed, { open: 'a', closed: 'b', password: 'c' })).toEqual({ open: 'a', password: 'c' });
    expect(await judge(Closed, { more: 1 })).toEqual([
      '/more whitelistValidation: property more should not exist',
    ]);
  });

  class Grouped {
    @Expose({ groups: ['admin'] }) @IsOptional({ always: true }) @IsString({ always: true }) role?: string;
    @IsOptional({ always: true })
    @IsString({ always: true })
    @Transform(({ value }) => `${value as string}!`, { groups: ['admin'] })
    name?: string;
  }

  it('applies in its groups', () => {
    const plain = { role: 'root', name: 'Ada' };
    expect(make(Grouped, plain)).toEqual({ name: 'Ada' });
    expect(make(Grouped, plain, { groups: ['admin'] })).toEqual({ role: 'root', name: 'Ada!' });
    expect(make(Grouped, plain, { groups: ['other'] })).toEqual({ name: 'Ada' });
  });
});

describe('an error', () => {
  const fail = (error: Error = new Error('of the program')): never => {
    throw error;
  };
  class Money {
    @IsInt() cents = 0;
    constructor() {
      if (Money.isBroken) fail();
    }
    static isBroken = false;
  }
  class Setting {
    @IsString() get text(): string {
      return '';
    }
    set text(_: string) {
      fail();
    }
  }
  class Choosing {
    @ValidateNested()
    @Type((given) => ((given!.object as { kind: string }).kind === 'x' ? Money : fail()))
    item!: object;
    @Allow() kind: unknown;
  }
  class Transforming {
    @Allow() @Transform(({ value }) => fail(value === 'absent' ? notFound() : undefined)) value!: unknown;
    @ValidateNested({ each: true }) @Type(() => Transforming) items: Transforming[] = [];
    @IsInt() count = 1;
  }
  class Outer {
    @ValidateNested() @Type(() => Money) @Transform(({ value }) => value as Money) price!: Money;
  }

  it.each<[string, Class, object]>([
    ['a setter', Setting, { text: 'a' }],
    ['the function of @Type', Choosing, { item: {}, kind: 'y' }],
  ])('in %s is one of the program', (_, type, plain) => {
    expect(() => make(type, plain)).toThrow('of the program');
  });

  it('in a constructor is one of the program, also in a class with @Transform', () => {
    Money.isBroken = true;
    expect(() => make(Money, {})).toThrow('of the program');
    expect(() => make(Outer, { price: {} })).toThrow('of the program');
    Money.isBroken = false;
  });

  it('in a @Transform is a 422 at its own place, beside all others', async () => {
    expect(await judge(Transforming, { value: 1, items: [{ value: 2, more: 1 }], count: 'x' })).toEqual([
      '/count isInt: count must be an integer number',
      '/items/0/more whitelistValidation: property more should not exist',
      '/items/0/value transform: must be convertible to the expected type',
      '/value transform: must be convertible to the expected type',
    ]);
    expect.assertions(3);
    try {
      make(Transforming, { value: 1 });
    } catch (error) {
      expect(error).toBeInstanceOf(HttpError);
      expect((error as HttpError).cause).toMatchObject({ message: 'of the program' });
    }
  });

  it('is logged, with a 500, unless a @Transform threw it', async () => {
    @Controller('/errors')
    class ErrorsController {
      @Post('/setting') set(@Body() _: Setting) {}
      @Post('/transform') transform(@Body() _: Transforming) {}
    }
    const logger = makeLogger();
    const app = await createApp({ controllers: [ErrorsController], logger });
    const post = async (path: string, body: object) =>
      (await app.inject({ method: 'POST', url: `/errors${path}`, body })).status;
    expect(await post('/transform', { value: 1 })).toBe(422);
    expect(logger.errors).toEqual([]);
    expect(await post('/setting', { text: 'a' })).toBe(500);
    expect(String(logger.errors)).toContain('of the program');
  });

  it('keeps its status if it is an HttpError', () => {
    expect(() => make(Transforming, { value: 'absent' })).toThrow(expect.objectContaining({ status: 404 }));
  });
});

describe('@Transform', () => {
  class Flags {
    @IsBoolean()
    @Type(() => Boolean)
    @Transform(({ value }) => value === 'yes' || value === true)
    flag!: boolean;
    @IsOptional() @Type(() => Number) @Transform(({ value }) => value as number) count?: number;
  }

  it('gets the text that @Type alone does not accept', async () => {
    expect(make(Flags, { flag: 'no' })).toEqual({ flag: false });
    expect(make(Flags, { flag: 'yes', count: 1 })).toEqual({ flag: true, count: 1 });
    expect(await judge(Flags, { flag: true, count: '1' })).toEqual(['/count number: must be a number']);
  });

  class Item {
    @IsInt() id!: number;
  }
  class Made {
    @ValidateNested()
    @Transform(({ value }) => Object.assign(new Item(), value))
    item!: Item;
  }

  it('makes instances whose keys are checked, because a client may have chosen them', async () => {
    expect(await judge(Made, { item: { id: 1, more: 1 } })).toEqual([
      '/item/more whitelistValidation: property more should not exist',
    ]);
    expect(make(Made, { item: { id: 1, more: 1 } }, { unknownKeys: 'strip' })).toEqual({ item: { id: 1 } });
  });

  it('has no part in fields that the class declares without a rule', () => {
    class Counting {
      @IsString() @Transform(({ value }) => (value as string).trim()) text!: string;
      readonly made = 'by the class';
    }
    expect(make(Counting, { text: ' a ' })).toEqual({ text: 'a', made: 'by the class' });
  });
});

describe('an inherited getter', () => {
  class Titled {
    @IsOptional() @IsString() get title(): string {
      return 'by the class';
    }
  }
  class Trimmed extends Titled {
    @IsString() @Transform(({ value }) => (value as string).trim()) text!: string;
  }

  it('is an unknown key, in a class with @Transform, too', async () => {
    expect(await judge(Trimmed, { text: 'a', title: 'b' })).toEqual([
      '/title whitelistValidation: property title should not exist',
    ]);
  });
});

describe('@Type', () => {
  class Item {
    @IsInt() id!: number;
  }
  class Items extends Array<Item> {}
  class Collections {
    @IsOptional() @ValidateNested() @Type(() => Item) map?: Map<string, Item>;
    @IsOptional() @ValidateNested() @Type((_type) => Item) list?: Items;
    @IsOptional() @IsDate({ each: true }) @Type(() => Date) dates?: Set<Date>;
    @IsOptional() @Type(() => Number) counts?: Map<string, number>;
    @IsOptional() @ValidateNested() @Type() item?: Item;
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) grid?: Item[][];
  }

  it('fills the collection that the property is declared as', () => {
    const item = Object.assign(new Item(), { id: 1 });
    const made = make(Collections, {
      map: { a: { id: 1 }, __proto: { id: 1 } },
      list: [{ id: 1 }],
      dates: ['2026-01-01'],
      counts: { a: 1 },
      item: { id: 1 },
      grid: [[{ id: 1 }]],
    }) as Collections;
    expect(made.map).toStrictEqual(
      new Map([
        ['a', item],
        ['__proto', item],
      ]),
    );
    expect(made.list).toBeInstanceOf(Items);
    expect(made.list).toHaveLength(1);
    expect(made.counts).toStrictEqual(new Map([['a', 1]]));
    expect(made.dates).toStrictEqual(new Set([new Date('2026-01-01')]));
    expect([made.list![0], made.item, made.grid![0]![0]]).toStrictEqual([item, item, item]);
  });

  it('points into the collection', async () => {
    expect(
      await judge(Collections, {
        map: { a: { id: 'x', more: 1 } },
        list: [{}],
        dates: ['never'],
        counts: { a: '1' },
        grid: [[{}]],
      }),
    ).toEqual([
      '/counts/a number: must be a number',
      '/dates/0 isDate: each value in dates must be a Date instance',
      '/grid/0/0/id isInt: id must be an integer number',
      '/list/0/id isInt: id must be an integer number',
      '/map/a/id isInt: id must be an integer number',
      '/map/a/more whitelistValidation: property more should not exist',
    ]);
  });

  class Shape {
    @IsString() kind!: string;
  }
  class Circle extends Shape {
    @IsInt() radius!: number;
  }
  class Drawing {
    @ValidateNested()
    @Type(() => Shape, {
      discriminator: { property: 'kind', subTypes: [{ name: 'circle', value: Circle }] },
      keepDiscriminatorProperty: true,
    })
    shape!: Shape;
  }

  it('can keep the property that names the class, and does not change what was sent', () => {
    const plain = { shape: { kind: 'circle', radius: 1 } };
    expect((make(Drawing, plain) as Drawing).shape).toStrictEqual(
      Object.assign(new Circle(), { kind: 'circle', radius: 1 }),
    );
    expect(plain).toEqual({ shape: { kind: 'circle', radius: 1 } });
    expect((make(Drawing, { shape: { kind: 'square' } }) as Drawing).shape).toStrictEqual(
      Object.assign(new Shape(), { kind: 'square' }),
    );
  });

  it('has at most a hundred levels below @Transform, too', async () => {
    class Tree {
      @IsOptional() @ValidateNested() @Type(() => Tree) @Transform(({ value }) => value as Tree) one?: Tree;
      @IsOptional() @ValidateNested() @Type(() => Tree) byName?: Map<string, Tree>;
    }
    const nest = (levels: number, wrap: (inner: object) => object): object =>
      levels === 0 ? {} : wrap(nest(levels - 1, wrap));
    const tooDeep = [' depth: must be nested at most 100 levels deep'];
    expect(
      await judge(
        Tree,
        nest(99, (one) => ({ one })),
      ),
    ).toEqual([]);
    expect(
      await judge(
        Tree,
        nest(101, (one) => ({ one })),
      ),
    ).toEqual(tooDeep);
    expect(
      await judge(
        Tree,
        nest(51, (a) => ({ byName: { a } })),
      ),
    ).toEqual(tooDeep);
  });
});
