import { Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsArray,
  IsByteLength,
  IsDateString,
  IsEmail,
  IsInt,
  IsOptional,
  IsUrl,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
  ValidatePromise,
} from 'class-validator';
import fc from 'fast-check';
import * as v from 'valibot';
import { z } from 'zod';
import { Body, Controller, createApp, Post, type App } from '../../src';
import { makeLogger } from '../make-logger';

/** Part of every value that is sent. It must not appear in a response. */
const CANARY = 'sw0rdfish';
/** Bytes of a response: a hundred errors, each with a pointer and a detail of at most 300 characters, as JSON. */
const LONGEST_RESPONSE = 100 * 1000;
/** The default of `bodyLimit`, in bytes: a larger body is refused unread. */
const BODY_LIMIT = 1024 * 1024;

let asked = 0;
const Counted = (answer: (value: unknown) => boolean | Promise<boolean>, each = false) =>
  ValidateBy(
    {
      name: 'counted',
      validator: {
        validate: (value) => {
          asked += 1;
          return answer(value);
        },
        defaultMessage: () => '$property is not $value',
      },
    },
    { each },
  );

class Texts {
  @IsOptional() @IsEmail() email?: unknown;
  @IsOptional() @IsByteLength(1, 9) bytes?: unknown;
  @IsOptional() @IsUrl() url?: unknown;
  @IsOptional() @IsUUID() uuid?: unknown;
  @IsOptional() @IsDateString() date?: unknown;
  @IsOptional() @Matches(/^(?:a|b)*$/) pattern?: unknown;
  @IsOptional() @MaxLength(5) short?: unknown;
}

class Tree extends Texts {
  @IsOptional() @ValidateNested() @Type(() => Tree) one?: Tree;
  @IsOptional() @IsArray() @ArrayMaxSize(3) @ValidateNested({ each: true }) @Type(() => Tree) many?: Tree[];
  @IsOptional() @IsInt({ each: true }) @Min(0, { each: true }) numbers?: unknown;
  @IsOptional() @Counted((value) => value !== 1) sync?: unknown;
  @IsOptional() @Counted((value) => Promise.resolve(value !== 1), true) async?: unknown;
  @IsOptional() @IsInt({ groups: ['other'] }) @MaxLength(3, { groups: ['this'] }) grouped?: unknown;
  @Allow() anything?: unknown;
}

class Awaited {
  @IsOptional()
  @ValidatePromise()
  @IsEmail()
  @Transform(({ value }) => Promise.resolve(value))
  email: unknown;
  @IsOptional()
  @ValidatePromise()
  @ValidateNested()
  @Type(() => Tree)
  @Transform(({ value }) => Promise.resolve(Object.assign(new Tree(), value)))
  one: unknown;
}

const zodTree = z.strictObject({
  email: z.email().optional(),
  url: z.url().optional(),
  uuid: z.uuid().optional(),
  date: z.iso.datetime().optional(),
  short: z.string().max(5).optional(),
  numbers: z.array(z.number().min(0)).optional(),
  sync: z.unknown().refine((value) => value !== 1),
  get one() {
    return z.optional(zodTree);
  },
  get many() {
    return z.array(zodTree).max(3).optional();
  },
  anything: z.unknown(),
});

const valibotTree: v.GenericSchema = v.strictObject({
  email: v.optional(v.pipe(v.string(), v.email())),
  url: v.optional(v.pipe(v.string(), v.url())),
  uuid: v.optional(v.pipe(v.string(), v.uuid())),
  date: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  bytes: v.optional(v.pipe(v.string(), v.maxBytes(9))),
  short: v.optional(v.pipe(v.string(), v.maxLength(5))),
  numbers: v.optional(v.array(v.pipe(v.number(), v.minValue(0)))),
  one: v.optional(v.lazy(() => valibotTree)),
  many: v.optional(v.pipe(v.array(v.lazy(() => valibotTree)), v.maxLength(3))),
  anything: v.optional(v.unknown()),
});

class Faulty {
  @IsOptional() @Counted((value) => decodeURIComponent(value as string) !== '') sync?: unknown;
  @IsOptional() @Counted(async (value) => decodeURIComponent(value as string) !== '') async?: unknown;
}

@Controller('/trees')
class TreesController {
  @Post('/class') byClass(@Body() _tree: Tree) {}
  @Post('/grouped') grouped(@Body(Tree, { groups: ['this'], unknownKeys: 'strip' }) _tree: Tree) {}
  @Post('/awaited') awaited(@Body(Awaited) _body: Awaited) {}
  @Post('/zod') zod(@Body(zodTree) _tree: unknown) {}
  @Post('/valibot') valibot(@Body(valibotTree) _tree: unknown) {}
  @Post('/faulty') faulty(@Body(Faulty) _body: Faulty) {}
}
const PATHS = ['class', 'grouped', 'awaited', 'zod', 'valibot'];

const halfPair = fc.constantFrom('\ud800', '\udfff', 'a\ud83d', '\udc00@example.com');
const secret = fc
  .tuple(fc.constantFrom('', 'a@', 'http://', '2026-'), fc.oneof(halfPair, fc.string()))
  .map(([first, last]) => first + CANARY + last);
const value: fc.Arbitrary<unknown> = fc.oneof(
  secret,
  fc.constantFrom<unknown>(null, true, -0, 1, 1e308, -1e-308, 2 ** 53, -(2 ** 63), '', '\u0000', [], {}),
  fc.array(secret, { maxLength: 5 }),
  fc.integer({ min: 1, max: 3000 }).map((length) => new Array<string>(length).fill(CANARY)),
  fc.integer({ min: 1, max: 60_000 }).map((length) => CANARY.repeat(length / CANARY.length)),
);
const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...Object.keys(zodTree.shape), 'bytes', 'pattern', 'async', 'grouped'),
  },
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', '\ud800', 'k'.repeat(5000)),
);

/** JSON text, because an object literal cannot have `__proto__` as an ordinary key. */
const { tree } = fc.letrec<{ tree: string; item: string }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    value.map((one) => JSON.stringify(one)),
    tie('tree'),
  ),
  tree: fc
    .array(fc.tuple(name, tie('item')), { maxLength: 5 })
    .map((pairs) => `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join()}}`),
}));
const deep = fc
  .tuple(
    fc.constantFrom(
      '{"one":',
      '{"many":[',
      '{"anything":[',
      '{"__proto__":',
      '{"constructor":{"prototype":',
      '[',
    ),
    fc.constantFrom(10, 99, 100, 101, 1000, 10_000),
    tree,
  )
  .map(([open, levels, inner]) => {
    const close = [...open].reverse().map((char) => ({ '{': '}', '[': ']' })[char] ?? '');
    return open.repeat(levels) + inner + close.join('').repeat(levels);
  });

let app: App;
beforeAll(async () => {
  app = await createApp({ controllers: [TreesController], logger: makeLogger() });
});
afterAll(() => app.close());

const send = (path: string, text: string) =>
  app.inject({
    method: 'POST',
    url: `/trees/${path}`,
    headers: { 'content-type': 'application/json' },
    body: text,
  });

describe.each(PATHS)('a hostile body, checked by %s,', (path) => {
  it('causes no 500, no echo and no pollution, and its size bounds the work', async () => {
    const own = Object.getOwnPropertyNames(Object.prototype);
    const statuses = new Set<number>();
    const check = async (text: string) => {
      asked = 0;
      const response = await send(path, text);
      statuses.add(response.status);
      const tooLarge = Buffer.byteLength(text) > BODY_LIMIT;
      expect(tooLarge ? [413] : [204, 400, 422]).toContain(response.status);
      expect(response.text()).not.toContain(CANARY);
      expect(response.text().length).toBeLessThan(LONGEST_RESPONSE);
      expect(asked).toBeLessThanOrEqual(text.length);
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(own);
    };
    await fc.assert(fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: tree }, deep, fc.json()), check), {
      numRuns: 100,
      examples: [[`{"anything":"${CANARY.repeat(120_000)}"}`]],
    });
    expect(statuses).toContain(422);
  });

  it.each(['email', 'bytes', 'url', 'uuid', 'date', 'pattern', 'short'])(
    'is refused with half a surrogate pair in %s',
    async (key) => {
      const response = await send(path, JSON.stringify({ [key]: 'longest\ud800' }));
      expect([key, response.status]).toEqual([key, 422]);
    },
  );

  it.each([101, 800, 10_000])('is refused %d levels deep', async (levels) => {
    const text = '{"one":'.repeat(levels) + '{}' + '}'.repeat(levels);
    expect((await send(path, text)).status).toBe(422);
  });
});

describe('a text at which class-validator throws', () => {
  it('breaks the rule, also with @ValidatePromise', async () => {
    const text = JSON.stringify({ email: '\ud800@example.com', one: { bytes: '\ud800' } });
    const response = await send('awaited', text);
    const { errors } = response.json<{ errors: { pointer: string; code: string }[] }>();
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/email isEmail',
      '/one/bytes isByteLength',
    ]);
  });
});

describe("a user's rule that throws", () => {
  it.each(['sync', 'async'])('is answered with 500: %s', async (key) => {
    expect((await send('faulty', JSON.stringify({ [key]: '%' }))).status).toBe(500);
  });
});
