import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
  registerDecorator,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import fc from 'fast-check';
import * as v from 'valibot';
import { z } from 'zod';
import { Body, Controller, createApp, Form, Get, Post, Query, Returns, type App } from '@sluice/core';

jest.setTimeout(60_000);

/** A part of the values that the tests send; it must not come back. */
const SECRET = 'sw0rdfish';
/** The same requests in every run. */
const SEED = 20_261_122;

const constructed = jest.fn();
const ruled = jest.fn();

function IsEven(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isEven',
      target: target.constructor,
      propertyName: propertyName as string,
      validator: {
        validate(value: unknown) {
          ruled();
          return Number(value) % 2 === 0;
        },
        defaultMessage: () => 'must be even, and not $value',
      },
    });
}

@ValidatorConstraint({ name: 'isFree', async: true })
class IsFree implements ValidatorConstraintInterface {
  async validate(value: unknown) {
    await new Promise(setImmediate);
    if (value === 'broken') throw new Error(`The database does not like ${value}.`);
    return value !== 'taken';
  }
  defaultMessage() {
    return '$value is taken';
  }
}

class Item {
  @IsString() name!: string;
  @IsInt() @Min(1) count!: number;
}

class Address {
  @Matches(/^\d{5}$/) zip!: string;
}

class Order {
  constructor() {
    constructed();
  }
  @IsEmail() email!: string;
  @IsEven() tables!: number;
  @IsOptional() @IsString() @MaxLength(20) note?: string;
  @ValidateNested() @Type(() => Address) address!: Address;
  @ArrayMaxSize(3) @ValidateNested({ each: true }) @Type(() => Item) items: Item[] = [];
  @IsArray() @IsString({ each: true }) tags: string[] = ['none'];
  @Allow() extra?: unknown;

  get total(): number {
    return this.items.reduce((sum, { count }) => sum + count, 0);
  }
}

class Account {
  @Validate(IsFree) name!: string;
  @ValidateIf(({ name }: Account) => name === 'admin') @IsString() reason?: string;
}

/** Values that class-validator accepts by default, and the rules that refuse them. */
class Loose {
  @ValidateNested() @Type(() => Address) address!: Address;
  @IsString({ each: true }) tags!: string[];
}

class Exact {
  @IsObject() @ValidateNested() @Type(() => Address) address!: Address;
  @IsArray() @IsString({ each: true }) tags!: string[];
}

class Draft {
  @IsString({ groups: ['create'] }) text!: string;
  @IsInt({ always: true }) version!: number;
}

class WithoutRules {
  text!: string;
}

class Outer {
  @ValidateNested() @Type(() => WithoutRules) inner!: WithoutRules;
}

const zodNote = z.strictObject({ text: z.string().max(10), due: z.coerce.date().optional() });
const valibotNote = v.strictObject({ text: v.pipe(v.string(), v.maxLength(10)) });
const zodFilter = z.object({ limit: z.coerce.number().int().max(100).default(20) });
const valibotFilter = v.object({ limit: v.pipe(v.string(), v.transform(Number), v.maxValue(100)) });
const zodPublic = z.object({ name: z.string() });
const valibotPublic = v.object({ name: v.string() });
const asyncName = z.string().refine(async (name) => name !== 'taken');

@Controller()
class ValidatedController {
  @Post('/orders') order(@Body() order: Order) {
    return {
      instances: [order instanceof Order, order.address instanceof Address].concat(
        order.items.map((item) => item instanceof Item),
      ),
      total: order.total,
      order,
    };
  }
  @Post('/stripped') stripped(@Body({ unknownKeys: 'strip' }) order: Order) {
    return order;
  }
  @Post('/accounts') account(@Body() account: Account) {
    return account;
  }
  @Post('/loose') loose(@Body() body: Loose) {
    return body;
  }
  @Post('/exact') exact(@Body() body: Exact) {
    return body;
  }
  @Post('/drafts') draft(@Body({ groups: ['create'] }) draft: Draft) {
    return draft;
  }
  @Post('/drafts/update') update(@Body({ groups: ['update'] }) draft: Draft) {
    return draft;
  }
  @Post('/items') items(@Body({ each: Item }) items: Item[]) {
    return items.map((item) => item instanceof Item);
  }
  @Post('/form') form(@Form() item: Address) {
    return item;
  }
  @Post('/anything') anything(@Body('json', { validate: false }) value: unknown) {
    return { type: value === null ? 'null' : typeof value };
  }
  @Post('/zod') zod(@Body(zodNote) note: z.infer<typeof zodNote>) {
    return { text: note.text, due: note.due instanceof Date };
  }
  @Post('/zod/each') zodEach(@Body({ each: zodNote }) notes: unknown[]) {
    return notes.length;
  }
  @Post('/zod/async') zodAsync(@Body(asyncName) name: string) {
    return { name };
  }
  @Post('/valibot') valibot(@Body(valibotNote) note: v.InferOutput<typeof valibotNote>) {
    return note;
  }
  @Get('/zod') zodQuery(@Query(zodFilter) filter: unknown) {
    return filter;
  }
  @Get('/valibot') valibotQuery(@Query(valibotFilter) filter: unknown) {
    return filter;
  }
  @Get('/zod/user') @Returns(zodPublic) zodUser() {
    return { name: 'ada', passwordHash: SECRET };
  }
  @Get('/valibot/user') @Returns(valibotPublic) valibotUser() {
    return { name: 'ada', passwordHash: SECRET };
  }
  @Get('/zod/wrong') @Returns(zodPublic) zodWrong() {
    return { name: 5 as never, passwordHash: SECRET };
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  /** `pointer code` of each error. */
  readonly faults: readonly string[] | undefined;
}

describe('A body', () => {
  let app: App;
  let origin: string;

  beforeAll(async () => {
    const logger = { info() {}, warn() {}, error() {} };
    app = await createApp({ controllers: [ValidatedController], logger, development: false });
    const { port } = await app.listen({ host: '127.0.0.1', port: 0 });
    origin = `http://127.0.0.1:${port}`;
  });

  beforeEach(() => jest.clearAllMocks());

  afterAll(() => app.close());

  async function send(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${origin}${path}`, init);
    const text = await response.text();
    const body = JSON.parse(text) as { errors?: { pointer: string; code: string }[] };
    const faults = body?.errors?.map(({ pointer, code }) => `${pointer} ${code}`);
    return { status: response.status, body, text, faults };
  }

  const post = (path: string, body: unknown) => postText(path, JSON.stringify(body));
  const postText = (path: string, body: string, type = 'application/json') =>
    send(path, { method: 'POST', headers: { 'content-type': type }, body });

  const order = {
    email: 'ada@example.com',
    tables: 2,
    address: { zip: '12345' },
    items: [
      { name: 'tea', count: 2 },
      { name: 'cake', count: 3 },
    ],
  };

  describe('checked by a class', () => {
    it('comes as a real instance, with what the class itself sets', async () => {
      expect(await post('/orders', { ...order, extra: { a: [1] } })).toMatchObject({
        status: 200,
        body: {
          instances: [true, true, true, true],
          total: 5,
          order: { ...order, tags: ['none'], extra: { a: [1] } },
        },
      });
      expect(constructed).toHaveBeenCalledTimes(1);
    });

    it.each(['null', '[]', '[{"email":"a"}]', '5', '-0', '""', `"${SECRET}"`, 'true', 'false', '1e400'])(
      'is looked at before anything is made of it: %s is 422',
      async (text) => {
        const { status, body } = await postText('/orders', text);
        expect([status, body]).toMatchObject([
          422,
          { code: 'validation_failed', errors: [{ in: 'body', pointer: '', code: 'object' }] },
        ]);
        expect(constructed).not.toHaveBeenCalled();
        expect(ruled).not.toHaveBeenCalled();
      },
    );

    it('gets every fault at once: where, which rule, and never the value', async () => {
      const { status, body, text } = await post('/orders', {
        email: SECRET,
        tables: 3,
        note: SECRET.repeat(5),
        address: { zip: SECRET },
        items: [{ name: 'tea', count: 0 }, { count: 1 }],
        tags: ['a', 5],
      });
      expect(status).toBe(422);
      expect(body).toEqual({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: expect.any(String),
        instance: expect.stringMatching(/^urn:uuid:/),
        code: 'validation_failed',
        errors: [
          { in: 'body', pointer: '/email', code: 'isEmail', detail: 'email must be an email' },
          { in: 'body', pointer: '/tables', code: 'isEven', detail: 'must be even, and not the value' },
          {
            in: 'body',
            pointer: '/note',
            code: 'maxLength',
            detail: 'note must be shorter than or equal to 20 characters',
          },
          { in: 'body', pointer: '/address/zip', code: 'matches', detail: expect.any(String) },
          {
            in: 'body',
            pointer: '/items/0/count',
            code: 'min',
            detail: 'count must not be less than 1',
          },
          { in: 'body', pointer: '/items/1/name', code: 'isString', detail: 'name must be a string' },
          {
            in: 'body',
            pointer: '/tags/1',
            code: 'isString',
            detail: 'each value in tags must be a string',
          },
        ],
      });
      expect(text).not.toContain(SECRET);
    });

    it('refuses keys that have no rule, nested ones too', async () => {
      const { status, faults, text } = await post('/orders', {
        ...order,
        admin: SECRET,
        total: 1,
        address: { zip: '12345', 'a/b~c': 1 },
        items: [{ name: 'tea', count: 1, price: 0 }],
      });
      expect([status, [...faults!].sort()]).toEqual([
        422,
        [
          '/address/a~1b~0c whitelistValidation',
          '/admin whitelistValidation',
          '/items/0/price whitelistValidation',
          '/total whitelistValidation',
        ],
      ]);
      expect(text).not.toContain(SECRET);
    });

    it('leaves them out where the route says so', async () => {
      const { status, body } = await post('/stripped', {
        ...order,
        admin: true,
        address: { zip: '12345', admin: true },
      });
      expect([status, body]).toEqual([200, { ...order, tags: ['none'] }]);
    });

    it('leaves them out where the application says so, and a route may say otherwise', async () => {
      @Controller()
      class LenientController {
        @Post('/lenient') lenient(@Body() item: Item) {
          return item;
        }
        @Post('/strict') strict(@Body({ unknownKeys: 'refuse' }) item: Item) {
          return item;
        }
      }
      await using lenient = await createApp({
        controllers: [LenientController],
        validation: { unknownKeys: 'strip' },
      });
      const { port } = await lenient.listen({ host: '127.0.0.1', port: 0 });
      const ask = (path: string) =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"name":"a","count":1,"admin":true}',
        });
      const response = await ask('/lenient');
      expect([response.status, await response.json()]).toEqual([200, { name: 'a', count: 1 }]);
      expect((await ask('/strict')).status).toBe(422);
    });

    it.each<[string, unknown, string[]]>([
      ['null where an object is nested', { address: null }, ['/address nestedValidation']],
      ['a text', { address: SECRET }, ['/address nestedValidation']],
      ['an object in place of a list', { items: {} }, ['/items arrayMaxSize']],
      ['null in a list', { items: [null] }, ['/items/0 nestedValidation']],
      ['texts in a list', { items: ['a', 'b'] }, ['/items/0 nestedValidation', '/items/1 nestedValidation']],
      ['too long a list', { items: Array(4).fill({ name: 'a', count: 1 }) }, ['/items arrayMaxSize']],
      ['null for a list', { tags: null }, ['/tags isArray', '/tags isString']],
    ])('refuses %s', async (_, part, expected) => {
      const { status, faults, text } = await post('/orders', { ...order, ...(part as object) });
      expect(status).toBe(422);
      expect(faults!.filter((fault) => expected.includes(fault)).sort()).toEqual(expected);
      expect(text).not.toContain(SECRET);
    });

    it('waits for rules that are asynchronous', async () => {
      expect(await post('/accounts', { name: 'free' })).toMatchObject({ status: 200 });
      const taken = await post('/accounts', { name: 'taken' });
      expect([taken.status, taken.faults]).toEqual([422, ['/name isFree']]);
      expect(JSON.stringify(taken.body)).toContain('the value is taken');
    });

    it('meets a rule that throws: the log says so, the client sees a 500', async () => {
      const broken = await post('/accounts', { name: 'broken' });
      expect(broken.status).toBe(500);
      expect(broken.text).not.toContain('database');
    });

    it('honours conditions', async () => {
      expect((await post('/accounts', { name: 'admin' })).faults).toEqual(['/reason isString']);
      expect((await post('/accounts', { name: 'admin', reason: 'x' })).status).toBe(200);
    });

    it('lets a nested object be missing, unless more is said', async () => {
      expect((await post('/loose', { tags: [] })).status).toBe(200);
      expect((await post('/exact', { tags: [] })).faults).toEqual(['/address isObject']);
    });

    it.each([
      ['a list of nested objects', { address: [{ zip: '12345' }], tags: [] }, '/address object'],
      ['an empty list', { address: [], tags: [] }, '/address object'],
      ['one text for a list of them', { address: { zip: '12345' }, tags: 'a' }, '/tags array'],
    ])('holds the type that the class declares: %s', async (_, body, fault) => {
      const { status, faults } = await post('/loose', body);
      expect([status, faults]).toEqual([422, [fault]]);
    });

    it('honours groups', async () => {
      expect((await post('/drafts', { version: 1 })).faults).toEqual(['/text isString']);
      expect((await post('/drafts', { text: 'a', version: 'b' })).faults).toEqual(['/version isInt']);
      expect((await post('/drafts', { text: 'a', version: 1 })).status).toBe(200);
      expect((await post('/drafts/update', { version: 'b' })).faults).toEqual(['/version isInt']);
    });

    it('is checked alike as a form', async () => {
      const ask = (body: string) => postText('/form', body, 'application/x-www-form-urlencoded');
      expect(await ask('zip=12345')).toMatchObject({ status: 200, body: { zip: '12345' } });
      expect((await ask(`zip=${SECRET}&admin=1`)).faults).toEqual([
        '/admin whitelistValidation',
        '/zip matches',
      ]);
    });
  });

  describe('with a list', () => {
    it('has every item checked, and made', async () => {
      expect(await post('/items', [])).toMatchObject({ status: 200, body: [] });
      expect(
        await post('/items', [
          { name: 'a', count: 1 },
          { name: 'b', count: 2 },
        ]),
      ).toMatchObject({ body: [true, true] });
      const wrong = await post('/items', [
        { name: 'a', count: 1 },
        { name: 'a', count: SECRET, x: 1 },
      ]);
      expect([wrong.status, [...wrong.faults!].sort()]).toEqual([
        422,
        ['/1/count isInt', '/1/count min', '/1/x whitelistValidation'],
      ]);
      expect(wrong.text).not.toContain(SECRET);
    });

    it.each(['{}', 'null', '5', `"${SECRET}"`, '{"length":1,"0":{}}'])(
      'is a list: %s is 422',
      async (text) => {
        const answer = await postText('/items', text);
        expect([answer.status, answer.faults]).toEqual([422, [' array']]);
      },
    );

    it.each(['[null]', '[5]', '[[]]', '["a"]'])('has objects in it: %s is 422', async (text) => {
      const answer = await postText('/items', text);
      expect([answer.status, answer.faults]).toEqual([422, ['/0 object']]);
    });
  });

  describe('with invalid JSON', () => {
    it.each([
      ['', 400, 'json_empty'],
      ['{', 400, 'json_syntax'],
      [`{"email":"${SECRET}"`, 400, 'json_syntax'],
      ['NaN', 400, 'json_syntax'],
      ['{"a":1}}', 400, 'json_syntax'],
      ["{'a':1}", 400, 'json_syntax'],
    ])('is not validated: %s', async (text, status, code) => {
      const answer = await postText('/orders', text);
      expect(answer).toMatchObject({ status, body: { code } });
      expect(answer.text).not.toContain(SECRET);
    });

    it('is 415', async () => {
      expect(await postText('/orders', 'a=b', 'application/x-www-form-urlencoded')).toMatchObject({
        status: 415,
      });
      expect(await postText('/form', '{}', 'application/json')).toMatchObject({ status: 415 });
    });
  });

  describe('with keys that would reach a prototype', () => {
    const hostile = ['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'];

    it.each(['/orders', '/stripped', '/items', '/zod', '/valibot', '/anything'])(
      'is refused wherever it is: %s',
      async (path) => {
        for (const text of hostile) {
          for (const whole of [text, `{"address":${text}}`, `[${text}]`, `{"extra":[{"a":${text}}]}`])
            expect(await postText(path, whole)).toMatchObject({
              status: 400,
              body: { code: 'json_prototype' },
            });
        }
        expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
      },
    );

    it('is refused as a form, and as a query', async () => {
      const sendForm = (text: string) => postText('/form', text, 'application/x-www-form-urlencoded');
      expect((await sendForm('zip=12345&__proto__=x')).status).toBe(400);
      for (const key of ['constructor', 'toString', 'hasOwnProperty'])
        expect((await sendForm(`zip=12345&${key}=x`)).faults).toEqual([`/${key} whitelistValidation`]);
      for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        expect((await send(`/zod?limit=5&${key}=x&${key}=y`)).body).toEqual({ limit: 5 });
      }
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    });

    it('does not get past the rules: a property that every object has is an unknown key', async () => {
      for (const key of ['constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
        const answer = await post('/orders', { ...order, [key]: 1 });
        expect([answer.status, answer.faults]).toEqual([422, [`/${key} whitelistValidation`]]);
      }
    });
  });

  describe('checked by a Standard Schema', () => {
    it('comes as its output', async () => {
      expect(await post('/zod', { text: 'a', due: '2026-01-01' })).toMatchObject({
        status: 200,
        body: { text: 'a', due: true },
      });
      expect(await post('/valibot', { text: 'a' })).toMatchObject({ status: 200, body: { text: 'a' } });
      expect(await post('/zod/each', [{ text: 'a' }, { text: 'b' }])).toMatchObject({ body: 2 });
      expect(await post('/zod/async', 'free')).toMatchObject({ status: 200 });
    });

    it.each(['/zod', '/valibot'])(
      'is refused with all that is wrong, and without the value: %s',
      async (path) => {
        for (const body of [
          null,
          [],
          5,
          SECRET,
          { text: SECRET.repeat(2) },
          { text: 5 },
          { text: 'a', x: SECRET },
        ]) {
          const answer = await post(path, body);
          expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
          expect(answer.faults!.length).toBeGreaterThan(0);
          expect(answer.text).not.toContain(SECRET);
        }
        expect((await post(path, { text: 5 })).faults![0]).toMatch(/^\/text /);
      },
    );

    it('is checked item by item, and waited for', async () => {
      expect((await post('/zod/each', [{ text: 'a' }, { text: 5 }])).faults![0]).toMatch(/^\/1\/text /);
      expect((await post('/zod/each', { text: 'a' })).faults).toEqual([' array']);
      expect((await post('/zod/async', 'taken')).status).toBe(422);
    });

    it('takes a whole query', async () => {
      expect((await send('/zod')).body).toEqual({ limit: 20 });
      expect((await send('/zod?limit=7')).body).toEqual({ limit: 7 });
      expect((await send('/valibot?limit=7')).body).toEqual({ limit: 7 });
      for (const target of ['/zod', '/valibot']) {
        const answer = await send(`${target}?limit=101`);
        expect(answer).toMatchObject({ status: 422, body: { errors: [{ in: 'query', pointer: '/limit' }] } });
      }
    });

    it('keeps a reply to itself', async () => {
      for (const target of ['/zod/user', '/valibot/user'])
        expect((await send(target)).text).toBe('{"name":"ada"}');
      const wrong = await send('/zod/wrong');
      expect([wrong.status, wrong.text.includes(SECRET)]).toEqual([500, false]);
    });
  });

  describe('checked in any way', () => {
    it('gets 100 faults at most, and may have 100 levels', async () => {
      const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1]));
      expect((await post('/orders', { ...order, ...keys })).faults).toHaveLength(100);
      const deep = `${'{"extra":'.repeat(5000)}1${'}'.repeat(5000)}`;
      const answer = await postText('/orders', deep);
      expect([answer.status, answer.faults!.some((fault) => fault.endsWith(' depth'))]).toEqual([422, true]);
    });

    it('is answered with 200 or 422, and its values never come back', async () => {
      const leaf = fc.oneof(
        fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, '', SECRET, `${SECRET}@example.com`, 'taken'),
        fc.string().map((text) => `${SECRET}${text}`),
      );
      const key = fc.constantFrom(
        'email',
        'tables',
        'note',
        'address',
        'items',
        'tags',
        'zip',
        'name',
        'text',
      );
      const { value } = fc.letrec<{ value: unknown }>((tie) => ({
        value: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          leaf,
          fc.array(tie('value'), { maxLength: 4 }),
          fc.dictionary(key, tie('value'), { maxKeys: 6 }),
        ),
      }));
      const paths = fc.constantFrom(
        '/orders',
        '/stripped',
        '/items',
        '/drafts',
        '/zod',
        '/valibot',
        '/zod/each',
      );
      await fc.assert(
        fc.asyncProperty(paths, value, async (path, body) => {
          const { status, text } = await post(path, body);
          expect([200, 422]).toContain(status);
          if (status === 422) expect(text).not.toContain(SECRET);
        }),
        { seed: SEED, numRuns: 300 },
      );
    });
  });

  describe('class that can check nothing refuses to start', () => {
    it.each<[string, () => unknown, string]>([
      ['without rules', () => bodyOf(WithoutRules), 'DTO_WITHOUT_RULES'],
      ['without rules in a list', () => bodyOf({ each: WithoutRules }), 'DTO_WITHOUT_RULES'],
      ['with a nested one without rules', () => bodyOf(Outer), 'DTO_WITHOUT_RULES'],
      ['that is undefined', () => bodyOf(undefined), 'PARAMETER_TYPE_UNKNOWN'],
    ])('%s', async (_, make, code) => {
      const starting = createApp({ controllers: [make() as never] });
      await expect(starting).rejects.toThrow(code);
    });
  });
});

function bodyOf(given: unknown) {
  @Controller()
  class BodyController {
    @Post() create(@Body(given as never) _body: unknown) {}
  }
  return BodyController;
}
