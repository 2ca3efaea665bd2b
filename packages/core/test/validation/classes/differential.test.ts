import { Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidationArguments,
} from 'class-validator';
import fc from 'fast-check';
import type { ValidationOptions } from '../../../src';
import { judge, judgeByPeer, pointAtLists, type Outcome } from './agreement';

@ValidatorConstraint({ name: 'isBelow' })
class IsBelow {
  validate(value: unknown, { object, constraints }: ValidationArguments) {
    return (value as number) < Number((object as Record<string, unknown>)[constraints[0] as string]);
  }
  defaultMessage({ property, constraints, targetName }: ValidationArguments) {
    return `${targetName}.${property} must be below ${constraints[0]}`;
  }
}

@ValidatorConstraint({ name: 'isFree', async: true })
class IsFree {
  async validate(value: unknown) {
    return Promise.resolve(value !== 'taken');
  }
}

class Item {
  @IsString()
  @MinLength(1)
  @MaxLength(3, { message: '$property of $target may have $constraint1' })
  name!: string;
  @IsInt() @Min(1) count!: number;
  @IsOptional() @Validate(IsBelow, ['count']) least?: number;
}

class Base {
  @IsOptional() @IsBoolean() active?: boolean;
  @IsString() inherited!: string;
}

class Order extends Base {
  @IsDefined()
  @IsString()
  @Matches(/^[a-z]/)
  @Matches(/[a-z]$/, { message: 'ends in a letter' })
  name!: string;
  @IsOptional() @IsEmail() email?: string;
  @IsIn(['a', 1, null]) kind: unknown = 'a';
  @IsArray() @ArrayMaxSize(2) @IsInt({ each: true }) @Max(5, { each: true }) numbers: number[] = [];
  @ValidateNested() @Type(() => Item) first!: Item;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[];
  @IsOptional() @ValidateNested() @Type(() => Order) parent?: Order;
  @IsOptional() @IsDate() @Type(() => Date) at?: Date;
  @ValidateIf((order: Order) => order.active === true) @IsString() note?: string;
  @IsOptional() @IsBoolean() @Type(() => Boolean) flag?: boolean;
  @IsOptional() @IsInt({ each: true }) @Type(() => Number) counts?: number[];
  @Allow() anything: unknown;
}

/**
 * The same for class-transformer, without the values that its `@Type` converts and Sluice does not: any value to a
 * boolean or a number, and a boolean to a date.
 */
class OrderOfPeer extends Order {}
Type(() => OrderOfPeer)(OrderOfPeer.prototype, 'parent');
for (const property of ['flag', 'counts', 'at']) Type(() => Object)(OrderOfPeer.prototype, property);
Transform(({ value }) => (['string', 'number'].includes(typeof value) ? new Date(value as string) : value))(
  OrderOfPeer.prototype,
  'at',
);

/** Declares no fields, because class-validator treats an empty field like a key that was sent. */
class Account {}
Validate(IsFree)(Account.prototype, 'name');
IsOptional()(Account.prototype, 'others');
Validate(IsFree, { each: true })(Account.prototype, 'others');
IsInt({ groups: ['count'] })(Account.prototype, 'count');
IsString({ groups: ['text'], always: true })(Account.prototype, 'text');

/** Keys that class-transformer drops silently. Sluice refuses them like any other unknown key. */
const PROTOTYPE_KEYS = Object.getOwnPropertyNames(Object.prototype);

const key = fc.oneof(
  fc.constantFrom('name', 'more', 'length', '0', 'a/b~c', ''),
  fc.string({ maxLength: 5 }),
);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    'a',
    'abcd',
    'taken',
    'ada@example.com',
    '2026-01-01',
    [],
    {},
  ),
  fc.integer({ min: -3, max: 9 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 5 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Mostly valid values, often others, and sometimes an additional or a missing key. */
function near(shape: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const valid = Object.fromEntries(
    Object.entries(shape).map(([name, value]) => [name, fc.oneof({ weight: 4, arbitrary: value }, leaf)]),
  );
  const record = fc.record(valid, { requiredKeys: [] });
  const extended = fc
    .tuple(record, fc.dictionary(key, leaf, { maxKeys: 1 }))
    .map(([one, other]) => ({ ...other, ...one }));
  return fc.oneof(
    { weight: 6, arbitrary: record },
    { weight: 2, arbitrary: extended },
    { weight: 1, arbitrary: leaf },
  );
}

const item = near({
  name: fc.constantFrom('a', 'abc', 'abcd'),
  count: fc.integer({ min: 0, max: 3 }),
  least: fc.integer({ min: 0, max: 3 }),
});
const shape = {
  active: fc.boolean(),
  inherited: fc.string(),
  name: fc.constantFrom('a', 'ab', 'A', '1b'),
  email: fc.constantFrom('ada@example.com', 'ada'),
  kind: fc.constantFrom('a', 1, null, 2),
  numbers: fc.array(fc.integer({ min: 3, max: 7 }), { maxLength: 3 }),
  first: item,
  items: fc.array(item, { maxLength: 3 }),
  at: fc.constantFrom('2026-01-01', 'never', 0),
  note: fc.constantFrom('a', null, 1),
  flag: fc.constantFrom(true, false, 'false'),
  counts: fc.array(fc.constantFrom(1, 2, '3'), { maxLength: 3 }),
  anything: fc.jsonValue(),
};
const order = near({ ...shape, parent: near({ ...shape, parent: near(shape) }) });
const account = near({
  name: fc.constantFrom('free', 'taken'),
  others: fc.array(fc.constantFrom('free', 'taken')),
  count: fc.integer(),
  text: fc.string(),
});

/** The types of properties that class-validator does not know. It accepts both a list and a single value. */
const SHAPES = { first: 'object', parent: 'object', items: 'array', counts: 'array' } as const;

/** What Sluice finds more, and what it leaves out below such a value. */
function correctShapes(outcome: Outcome, order: unknown, parent = ''): Outcome {
  if (!isObject(order)) return outcome;
  let corrected = outcome;
  for (const [name, code] of Object.entries(SHAPES)) {
    const value = (order as Record<string, unknown>)[name];
    const pointer = `${parent}/${name}`;
    if (value === undefined || value === null) continue;
    if (Array.isArray(value) !== (code === 'array')) {
      const isBelow = (one: string) =>
        one.startsWith(`${pointer}/`) || one.startsWith(`${pointer} nestedValidation`);
      const kept = corrected.filter((one) => !isBelow(one));
      const isFound = kept.some((one) => one.startsWith(`${pointer} `));
      const fault = `${pointer} ${code}: must be ${code === 'array' ? 'a list' : 'an object'}`;
      corrected = isFound ? kept : [...kept, fault];
    } else if (name === 'parent') corrected = correctShapes(corrected, value, pointer);
  }
  return [...corrected].sort();
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
async function expectAgreement(plain: unknown, options: ValidationOptions = {}): Promise<void> {
  const ours = pointAtLists(await judge(Order, asSent(plain), options), 'numbers', 'counts');
  expect(ours).toEqual(correctShapes(await judgeByPeer(OrderOfPeer, plain, options), plain));
}

/** The value as the server gets it: only JSON, and without shared references. */
const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const PROTOTYPE_KEY = new RegExp(`"(?:${PROTOTYPE_KEYS.join('|')})":`);
const isComparable = (value: unknown) => isObject(value) && !PROTOTYPE_KEY.test(JSON.stringify(value));

describe('for generated values', () => {
  const bodies = order.map(asSent).filter(isComparable);

  it('Sluice and class-validator find the same broken rules with the same messages', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (plain) => {
        await expectAgreement(plain);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it('they agree if unknown keys are stripped', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (plain) => {
        await expectAgreement(plain, { unknownKeys: 'strip' });
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it.each([undefined, ['count'], ['text'], ['count', 'text']])(
    'they agree on asynchronous rules, in the groups %j',
    async (groups) => {
      const accounts = account.map(asSent).filter(isComparable);
      await fc.assert(
        fc.asyncProperty(accounts, async (plain) => {
          expect(pointAtLists(await judge(Account, asSent(plain), { groups }), 'others')).toEqual(
            await judgeByPeer(Account, plain, { groups }),
          );
        }),
        { numRuns: 80 },
      );
    },
    120_000,
  );

  it.each([...PROTOTYPE_KEYS, 'prototype'])(
    'Sluice refuses a key named %s, which class-transformer may drop',
    async (name) => {
      const plain: unknown = JSON.parse(
        `{"name":"a","count":1,"${name}":{"count":2,"name":"x","polluted":1}}`,
      );
      const refusal = [`/${name} whitelistValidation: property ${name} should not exist`];
      expect(await judge(Item, plain)).toEqual(refusal);
      expect(await judgeByPeer(Item, plain)).toEqual(name === 'prototype' ? refusal : []);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );
});
