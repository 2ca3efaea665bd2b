import { Exclude, Expose, Type } from 'class-transformer';
import { Allow, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Controller, createApp, Get, Returns, type Class } from '../../../src';
import { makeLogger } from '../../make-logger';

class Shape {}
class Circle extends Shape {
  constructor(
    readonly radius?: number,
    readonly secret = 'secret',
  ) {
    super();
  }
}
IsInt()(Circle.prototype, 'radius');
class Disc extends Circle {}
IsString()(Disc.prototype, 'colour');
class Square extends Shape {
  @IsInt() side!: number;
}

const SHAPES = {
  discriminator: {
    property: 'kind',
    subTypes: [
      { name: 'circle', value: Circle },
      { name: 'disc', value: Disc },
      { name: 'square', value: Square },
    ],
  },
};

class Item {
  @IsInt() id!: number;
}

class Drawing {
  @IsOptional() @ValidateNested() @Type(() => Shape, SHAPES) first?: Shape;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Shape, SHAPES) shapes?: Shape[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) grid?: Item[][];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) set?: Set<Item>;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) map?: Map<string, Item>;
  @IsOptional() @IsString({ each: true }) @Type(() => String) tags?: Set<string>;
  @IsOptional() @Allow() counts?: Map<string, number>;
  @Expose({ name: 'full_name' }) @IsOptional() @IsString() name?: string;
  @Exclude({ toPlainOnly: true }) @IsOptional() @IsString() password?: string;
}

const item = { id: 1, secret: 'secret' };

async function send(type: Class | [Class], value: unknown, development: boolean) {
  @Controller('/')
  class ValueController {
    @Get('/') @Returns(type as never) read() {
      return value as never;
    }
  }
  const logger = makeLogger();
  const app = await createApp({ controllers: [ValueController], development, logger });
  const response = await app.inject({ url: '/' });
  return { status: response.status, text: response.text(), log: String(logger.errors) };
}

describe.each([true, false])('@Returns (development: %p)', (development) => {
  it.each<[string, unknown, unknown]>([
    ['an instance of a union', { first: new Circle(1) }, { first: { kind: 'circle', radius: 1 } }],
    [
      'the most derived class of a union',
      { first: Object.assign(new Disc(1), { colour: 'red' }) },
      { first: { kind: 'disc', radius: 1, colour: 'red' } },
    ],
    [
      'plain objects of a union',
      {
        shapes: [
          { kind: 'square', side: 1, secret: 1 },
          { kind: 'circle', radius: 2 },
        ],
      },
      {
        shapes: [
          { kind: 'square', side: 1 },
          { kind: 'circle', radius: 2 },
        ],
      },
    ],
    ['lists of lists', { grid: [[item, item], []] }, { grid: [[{ id: 1 }, { id: 1 }], []] }],
    ['a Set', { set: new Set([item]) }, { set: [{ id: 1 }] }],
    ['a Map', { map: new Map([['a', item]]) }, { map: { a: { id: 1 } } }],
    ['an object in place of a Map', { map: { a: item } }, { map: { a: { id: 1 } } }],
    ['a Set of texts', { tags: new Set(['a']) }, { tags: ['a'] }],
    ['a Map of numbers', { counts: new Map([['a', 1]]) }, { counts: { a: 1 } }],
    ['the name of @Expose', { name: 'Ada' }, { full_name: 'Ada' }],
    ['nothing with @Exclude', { password: 'secret' }, {}],
  ])('sends %s', async (_, value, body) => {
    const { text, log } = await send(Drawing, value, development);
    expect([JSON.parse(text), log]).toEqual([body, '']);
  });

  it('sends a Set where it returns a list', async () => {
    expect((await send([Item], new Set([item]), development)).text).toBe('[{"id":1}]');
  });

  it.each<[string, unknown, string]>([
    ['a class outside of a union', { first: { kind: 'line' } }, 'first is not a Circle or Disc or Square'],
    ['a promise', { grid: [[Promise.resolve(item)]] }, 'a promise takes the place of Item. Await it.'],
    ['a thenable', { set: [{ then: () => undefined }] }, 'a promise takes the place of Item. Await it.'],
    ['an error', { map: { a: new Error('secret') } }, 'a value of type Error takes the place of Item.'],
  ])('never sends %s as {}', async (_, value, fault) => {
    const { status, text, log } = await send(Drawing, value, development);
    expect(status).toBe(500);
    expect(log).toContain(`The reply does not match its @Returns: ${fault}`);
    if (!development) expect(text).not.toContain('secret');
  });

  it('never sends a list of promises as empty objects', async () => {
    const { status, log } = await send([Item], [Promise.resolve(item)], development);
    expect([status, log]).toEqual([500, expect.stringContaining('Await it.')]);
  });
});
