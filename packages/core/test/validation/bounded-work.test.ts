import { Transform, Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import * as v from 'valibot';
import { z } from 'zod';
import {
  Body,
  Controller,
  createApp,
  Get,
  HttpError,
  Post,
  Query,
  type ErrorDetail,
  type ValidationOptions,
} from '../../src';
import * as status from '../../src/http/status/status';
import { compileValidator } from '../../src/validation/compile-validator';
import * as pointers from '../../src/validation/json-pointer';
import type { TextProperty } from '../../src/validation/text-types';
import type { ValidationTarget } from '../../src/validation/validation-target';

/** Items of a list. The shortest ones, `1,`, come half a million times in a body of 1 MiB. */
const MANY = 20_000;
/** The errors that a response lists. */
const REPORTED = 100;

let asked = 0;
let waiting = 0;
let mostWaiting = 0;

/** A rule that counts how often it is asked. Its code is `counted`. */
const Counted = (isRight: (value: unknown) => unknown, each = false) =>
  ValidateBy(
    {
      name: 'counted',
      validator: {
        validate: (value) => {
          asked += 1;
          return isRight(value) as boolean;
        },
        defaultMessage: () => 'is wrong',
      },
    },
    { each },
  );

/** Answers one turn later and counts the answers that wait. */
async function isNotWrongLater(value: unknown): Promise<boolean> {
  mostWaiting = Math.max(mostWaiting, ++waiting);
  await new Promise(setImmediate);
  waiting -= 1;
  return value !== 'wrong';
}
const isNotWrong = (value: unknown) => value !== 'wrong';

class Item {
  @Counted(isNotWrong) value!: unknown;
}
class LateItem {
  @Counted(isNotWrongLater) value!: unknown;
}
class Lists {
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => LateItem) late?: LateItem[];
  @IsOptional() @Counted(isNotWrong, true) each?: unknown[];
  @IsOptional() @Counted(isNotWrongLater, true) lateEach?: unknown[];
}
class Collections {
  @IsOptional() @ValidateNested() @Type(() => Item) @Transform(toItems((all) => new Set(all))) set?: unknown;
  @IsOptional()
  @ValidateNested()
  @Type(() => Item)
  @Transform(toItems((all) => new Map(all.entries())))
  map?: unknown;
}
class Tree {
  @Counted(isNotWrong) value!: unknown;
  @IsOptional() @ValidateNested() @Type(() => Tree) left?: Tree;
  @IsOptional() @ValidateNested() @Type(() => Tree) right?: Tree;
}
class Texts {
  @IsArray() @IsInt({ each: true }) numbers!: number[];
}

function toItems(collect: (items: Item[]) => unknown) {
  return ({ value }: { value: unknown[] }) => collect(value.map((one) => Object.assign(new Item(), one)));
}

class FormNumbers {
  @IsInt({ each: true }) numbers!: number[];
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const repeat = <T>(item: T): T[] => new Array<T>(MANY).fill(item);

interface Outcome {
  readonly value?: unknown;
  readonly errors: readonly ErrorDetail[];
  /** How often a rule was asked, an HttpError was made, and a pointer was written. */
  readonly asked: number;
  readonly made: number;
  readonly written: number;
}

async function check(
  target: ValidationTarget,
  plain: unknown,
  options?: ValidationOptions,
  texts?: readonly TextProperty[],
): Promise<Outcome> {
  const validate = compileValidator(target, options, texts);
  asked = waiting = mostWaiting = 0;
  // Every HttpError checks its status when it is made.
  const made = jest.spyOn(status, 'isFinalStatus');
  const written = jest.spyOn(pointers, 'formatPointer');
  const count = () => ({ asked, made: made.mock.calls.length, written: written.mock.calls.length });
  try {
    return { value: await validate(plain, 'body'), errors: [], ...count() };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { errors: error.errors!, ...count() };
  } finally {
    made.mockRestore();
    written.mockRestore();
  }
}

describe('the check of many wrong values stops at the errors that are reported:', () => {
  const wrong = { value: 'wrong' };
  const nest = (levels: number): object =>
    levels === 0 ? wrong : { ...wrong, left: nest(levels - 1), right: nest(levels - 1) };
  const ofItem = z.object({ value: z.number() });

  it.each<[string, ValidationTarget, unknown, string, string]>([
    ['items that are not objects', { each: Item }, repeat(1), '/99', 'object'],
    ['items of a list', { each: Item }, repeat(wrong), '/99/value', 'counted'],
    ['asynchronous items of a list', { each: LateItem }, repeat(wrong), '/99/value', 'counted'],
    [
      'unknown keys of items',
      { each: Item },
      repeat({ value: 1, more: 1 }),
      '/99/more',
      'whitelistValidation',
    ],
    ['items of a nested list', Lists, { items: repeat(wrong) }, '/items/99/value', 'counted'],
    ['asynchronous items of a nested list', Lists, { late: repeat(wrong) }, '/late/99/value', 'counted'],
    [
      'unknown keys of nested items',
      Lists,
      { items: repeat({ a: 1 }) },
      '/items/99/a',
      'whitelistValidation',
    ],
    ['nested items that are not objects', Lists, { items: repeat(1) }, '/items/99', 'nestedValidation'],
    [
      'items of a nested list in a list',
      { each: Lists },
      [{ items: repeat(wrong) }],
      '/0/items/99/value',
      'counted',
    ],
    [
      'nested objects',
      Tree,
      nest(12),
      '/left/left/left/left/left/left/right/left/right/right/right/value',
      'counted',
    ],
    [
      'unknown keys',
      Item,
      Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`k${n}`, 1])),
      '/k99',
      'whitelistValidation',
    ],
    ['items of a rule with each', Lists, { each: repeat('wrong') }, '/each/99', 'counted'],
    [
      'asynchronous items of a rule with each',
      Lists,
      { lateEach: repeat('wrong') },
      '/lateEach/99',
      'counted',
    ],
    ['items of a Set', Collections, { set: repeat(wrong) }, '/set/99/value', 'counted'],
    ['items of a Map', Collections, { map: repeat(wrong) }, '/map/99/value', 'counted'],
    ['items by a zod schema', { each: ofItem }, repeat(wrong), '/99/value', 'invalid_type'],
    [
      'items by an asynchronous zod schema',
      { each: ofItem.refine(async () => Promise.resolve(true)) },
      repeat(wrong),
      '/99/value',
      'invalid_type',
    ],
    [
      'items by a valibot schema',
      { each: v.object({ value: v.number() }) },
      repeat(wrong),
      '/99/value',
      'number',
    ],
    ['a zod schema of a list', z.array(z.number()), repeat('wrong'), '/99', 'invalid_type'],
  ])('%s', async (_, target, plain, last, code) => {
    const outcome = await check(target, plain);
    expect(outcome.errors).toHaveLength(REPORTED);
    expect(outcome.errors.at(-1)).toMatchObject({ pointer: last, code });
    expect(outcome.asked).toBeLessThanOrEqual(2 * REPORTED);
    expect(outcome.written).toBeLessThanOrEqual(2 * REPORTED);
    expect(outcome.made).toBe(1);
  });

  it.each([
    ['a class', Texts],
    ['a schema', z.object({ numbers: z.array(z.number()) })],
  ])('texts that are converted for %s', async (_, target) => {
    const properties: TextProperty[] = [
      { key: 'numbers', name: 'n', coercion: { coercion: 'integer', list: true } },
    ];
    const outcome = await check(target, { numbers: repeat('wrong') }, {}, properties);
    expect(outcome.errors).toHaveLength(REPORTED);
    expect(outcome.errors.at(-1)).toMatchObject({ pointer: '/n/99', code: 'integer' });
    expect(outcome.written).toBeLessThanOrEqual(2 * REPORTED);
    expect(outcome.made).toBeLessThanOrEqual(2);
  });
});

describe('a list of parameters', () => {
  @Controller()
  class Numbers {
    @Get('/numbers') add(@Query('n', [Number]) numbers: number[]) {
      return numbers;
    }
    @Post('/numbers') addForm(@Body('form') { numbers }: FormNumbers) {
      return numbers;
    }
  }

  it.each([
    { method: 'GET', url: `/numbers?${'n=x&'.repeat(MANY)}` },
    { method: 'POST', url: '/numbers', body: 'numbers=x&'.repeat(MANY), headers: FORM },
  ])('is parsed up to the errors that are reported: $method', async (request) => {
    const app = await createApp({ controllers: [Numbers] });
    const written = jest.spyOn(pointers, 'formatPointer');
    const { errors } = (await app.inject(request)).json<{ errors: ErrorDetail[] }>();
    expect([errors.length, errors.at(-1)!.code]).toEqual([REPORTED, 'number']);
    expect(written.mock.calls.length).toBeLessThanOrEqual(2 * REPORTED);
    written.mockRestore();
  });
});

describe('asynchronous rules', () => {
  it.each<[string, ValidationTarget, unknown]>([
    ['items', { each: LateItem }, repeat({ value: 1 }).slice(0, 1000)],
    ['nested items', Lists, { late: repeat({ value: 1 }).slice(0, 1000) }],
    ['a rule with each', Lists, { lateEach: repeat(1).slice(0, 1000) }],
    [
      'items by a schema',
      { each: z.object({ value: z.custom(isNotWrongLater) }) },
      repeat({ value: 1 }).slice(0, 1000),
    ],
  ])('wait for at most a hundred answers at once: %s', async (_, target, plain) => {
    const { errors, value } = await check(target, plain);
    expect(errors).toEqual([]);
    expect(value).toEqual(plain);
    expect(mostWaiting).toBeLessThanOrEqual(REPORTED);
    expect(mostWaiting).toBeGreaterThan(1);
  });

  it('are asked about every item of a list', async () => {
    const items: object[] = repeat({ value: 1 }).slice(0, 1000);
    items[999] = { value: 'wrong' };
    const { errors } = await check({ each: LateItem }, items);
    expect(errors).toMatchObject([{ pointer: '/999/value' }]);
    expect(asked).toBe(1000);
  });
});

describe('a long key', () => {
  it('is not written in full for each error behind it', async () => {
    const key = 'k'.repeat(100_000);
    const written = jest.spyOn(String.prototype, 'replaceAll');
    const { errors } = await check(z.record(z.string(), z.array(z.number())), { [key]: repeat('wrong') });
    const longest = Math.max(...written.mock.contexts.map((text) => String(text).length));
    written.mockRestore();
    expect(errors[0]!.pointer).toBe(`/${'k'.repeat(299)}…`);
    expect(longest).toBeLessThanOrEqual(1000);
  });
});
