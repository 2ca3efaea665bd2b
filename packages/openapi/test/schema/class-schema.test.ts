import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  Contains,
  IsArray,
  IsDate,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  NotContains,
  NotEquals,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import fc from 'fast-check';
import type { Class } from '@sluice/core';
import { Schemas } from '../../src/schema/schemas';
import type { JsonSchema } from '../../src/schema/json-schema';
import { anyValue, makeJudge } from './agreement';

class Tag {
  @IsString() @Length(1, 3) name!: string;
  @IsOptional() @ValidateNested() @Type(() => Tag) parent?: Tag;
}

/** A class without rules. */
class Place {
  toJSON() {
    return [1, 2];
  }
}
class Cat {
  @IsInt() lives!: number;
}
class Dog {
  @IsString() name!: string;
}
class Animal {}

class Note {
  @IsString() @IsNotEmpty() text!: string;
  @IsOptional() @IsInt() @Min(1) @Max(5) rank?: number;
  @IsArray() @ArrayMaxSize(2) @ValidateNested({ each: true }) @Type(() => Tag) tags: Tag[] = [];
  @IsString({ each: true }) words!: string[];
  @Type(() => Number) @Allow() count!: number;
  @Allow() anything!: unknown;
  @Type(() => Number) @IsInt({ each: true }) numbers!: number[];
  @ValidateNested() @Type(() => Tag) tag!: Tag;
  @ValidateNested() @Type(() => Tag) byName!: Map<string, Tag>;
  @ValidateNested()
  @Type(() => Animal, {
    discriminator: {
      property: 'kind',
      subTypes: [
        { name: 'cat', value: Cat },
        { name: 'dog', value: Dog },
      ],
    },
  })
  @IsOptional()
  pet?: Cat | Dog;
}

const VALID = {
  text: 'milk',
  rank: 3,
  tags: [{ name: 'a', parent: { name: 'b' } }],
  words: ['a'],
  count: 1,
  anything: [1],
  numbers: [1, 2],
  tag: { name: 'abc' },
  byName: { one: { name: 'x' } },
  pet: { kind: 'cat', lives: 9 },
};

const tags = fc.array(fc.oneof(fc.record({ name: fc.string({ maxLength: 4 }) }), anyValue), { maxLength: 3 });
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: fc.string({ maxLength: 2 }),
  rank: fc.oneof(fc.integer({ min: -1, max: 7 }), fc.constant(null)),
  tags,
  words: fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }),
  count: fc.oneof(fc.integer(), fc.constant(null)),
  anything: anyValue,
  numbers: fc.array(
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
  ),
  tag: fc.record({ name: fc.string({ maxLength: 4 }), parent: anyValue }, { requiredKeys: [] }),
  byName: fc.dictionary(
    fc.constantFrom('a', 'b'),
    fc.oneof(fc.record({ name: fc.string({ maxLength: 4 }) }), anyValue),
  ),
  pet: fc.record(
    { kind: fc.constantFrom('cat', 'dog'), lives: fc.integer(), name: fc.string() },
    { requiredKeys: ['kind'] },
  ),
};

/** Lists in the place of nested objects are taken apart by class-transformer, which the document does not say. */
function nestsLists(note: unknown): boolean {
  const { tags: list, byName } = note as Readonly<Record<string, unknown>>;
  const values = [list, byName].flatMap((one) => Object.values(one ?? {}) as unknown[]);
  return values.some(Array.isArray);
}

/** A note in which a few fields are missing, changed or new. */
const changedNotes = fc
  .array(
    fc
      .constantFrom(...Object.keys(FIELDS), 'unknown')
      .chain((key) =>
        fc.tuple(fc.constant(key), fc.oneof(FIELDS[key] ?? anyValue, anyValue, fc.constant(undefined))),
      ),
    { minLength: 1, maxLength: 2 },
  )
  .map((changes) => JSON.parse(JSON.stringify({ ...VALID, ...Object.fromEntries(changes) })) as unknown)
  .filter((note) => !nestsLists(note));

function map(type: Class, isReply = false): JsonSchema {
  const schemas = new Schemas();
  const reference = schemas.map(type, { isReply, isClosed: true }, 'Notes.create', () => undefined);
  const [, components] = schemas.components.finish(reference, () => undefined);
  return components[type.name] as JsonSchema;
}

const mapFields = (type: Class, isReply = false) =>
  (map(type, isReply) as { properties: Record<string, JsonSchema> }).properties;

describe('the schema of a class', () => {
  it('agrees with the validation of Sluice about changed objects', () => {
    const judge = makeJudge(Note);
    expect(judge(VALID)).toEqual({ bySluice: true, bySchema: true });
    // The class of values without a kind has no rules.
    expect(judge({ ...VALID, pet: {} })).toEqual({ bySluice: false, bySchema: false });
    let accepted = 0;
    const property = fc.property(changedNotes, (note) => {
      const { bySluice, bySchema } = judge(note);
      if (bySluice) accepted++;
      expect(bySchema).toBe(bySluice);
    });
    fc.assert(property, { numRuns: 1000 });
    expect(accepted).toBeGreaterThan(50);
  });

  it('has the rules of a property in one place', () => {
    expect(map(Note)).toMatchObject({
      required: ['text', 'words', 'numbers'],
      additionalProperties: false,
      properties: {
        text: { type: 'string', minLength: 1 },
        rank: { type: ['integer', 'null'], minimum: 1, maximum: 5 },
        tags: { type: 'array', maxItems: 2, items: { $ref: '#/components/schemas/Tag' }, default: [] },
        words: { type: 'array', items: { type: 'string' } },
        count: { type: ['number', 'null'] },
        anything: {},
        tag: { $ref: '#/components/schemas/Tag' },
        byName: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Tag' } },
      },
    });
  });

  it('refers to itself where the class does', () => {
    expect(mapFields(Tag)['parent']).toEqual({
      anyOf: [{ $ref: '#/components/schemas/Tag' }, { type: 'null' }],
    });
  });

  it('refers to itself through the classes that values name', () => {
    class Leaf {
      @IsString() kind!: string;
      @IsInt() size!: number;
    }
    class Group {
      @IsArray()
      @ValidateNested({ each: true })
      @Type(() => Animal, {
        discriminator: {
          property: 'kind',
          subTypes: [
            { name: 'group', value: Group },
            { name: 'leaf', value: Leaf },
          ],
        },
      })
      items!: (Group | Leaf)[];
    }
    const judge = makeJudge(Group);
    const nest = (inner: object) => judge({ items: [{ kind: 'group', items: [inner] }] });
    expect(nest({ kind: 'leaf', size: 1 })).toEqual({ bySluice: true, bySchema: true });
    expect(nest({ kind: 'group', items: [] })).toEqual({ bySluice: true, bySchema: true });
    expect(nest({ kind: 'leaf', size: 'x' })).toEqual({ bySluice: false, bySchema: false });
    expect(nest({ items: [] })).toEqual({ bySluice: false, bySchema: false });
    // The name of another class, although the class of the fields has a rule for the property itself.
    expect(nest({ kind: 'group', size: 1 })).toEqual({ bySluice: false, bySchema: false });
    expect(JSON.stringify(map(Group, true))).toContain('"$ref":"#/components/schemas/Leaf"');
  });

  it('has the names and the fields of the direction', () => {
    class User {
      @Expose({ name: 'user_name' }) @IsString() name!: string;
      @Exclude({ toPlainOnly: true }) @IsString() password!: string;
      @IsDate() @Type(() => Date) made!: Date;
      @Transform(({ value }) => Number(value)) @IsInt() age!: number;
      @Allow() tag!: Tag;
      @Allow() place!: Place;
    }
    expect(mapFields(User)).toEqual({
      user_name: { type: 'string' },
      password: { type: 'string' },
      made: { type: 'string', format: 'date-time' },
      age: {},
      tag: { not: { type: 'array' } },
      place: { not: { type: 'array' } },
    });
    expect(mapFields(User, true)).toEqual({
      user_name: { type: 'string' },
      made: { type: 'string', format: 'date-time' },
      age: { type: 'integer' },
      tag: { $ref: '#/components/schemas/Tag' },
      place: {},
    });
  });

  it('has no list where a class is declared that no rule looks into', () => {
    class Holder {
      @IsDefined() made!: Tag;
      @IsNotEmpty() full!: Tag;
      @NotEquals('a') other!: Tag;
      @IsIn(['a', 1]) chosen!: Tag;
      @IsOptional() perhaps?: Tag;
    }
    const judge = makeJudge(Holder);
    const valid = { made: {}, full: 'b', other: null, chosen: 1, perhaps: null };
    expect(judge(valid)).toEqual({ bySluice: true, bySchema: true });
    expect(mapFields(Holder)['perhaps']).toEqual({ not: { type: 'array' } });
    for (const key of Object.keys(valid))
      for (const value of [null, '', 'a', 0, {}, [], [{}]]) {
        const { bySluice, bySchema } = judge({ ...valid, [key]: value });
        expect([key, value, bySchema]).toEqual([key, value, bySluice]);
      }
  });

  it('has a name that a component can have', () => {
    class Café$ {
      @IsString() name!: string;
    }
    const schemas = new Schemas();
    const reference = schemas.map(Café$, { isReply: false, isClosed: true }, 'Notes.create', () => undefined);
    const [written, components] = schemas.components.finish(reference, () => undefined);
    expect([written, Object.keys(components)]).toEqual([{ $ref: '#/components/schemas/Caf__' }, ['Caf__']]);
  });

  it('leaves out rules about which JSON Schema can say nothing', () => {
    const IsEven = () => (target: object, propertyName: string) =>
      registerDecorator({
        name: 'isEven',
        target: target.constructor,
        propertyName,
        validator: { validate: (value) => Number(value) % 2 === 0 },
      });
    class Odd {
      @IsEven() even!: number;
      @IsInt() @Min(1, { validateIf: () => false }) free!: number;
      @ValidateIf(() => false) @IsString() perhaps!: string;
    }
    expect(map(Odd)).toMatchObject({
      required: ['free'],
      properties: {
        even: {},
        free: { type: 'integer' },
        perhaps: { type: 'string', description: 'The rules apply only if a condition of the server holds.' },
      },
    });
  });

  it('has the rules of items for each item of a list, and for a single value', () => {
    class Loose {}
    const LISTS = [[], ['a'], ['b'], ['b', null], ['b', 'a'], [null], [''], [[]], [['b']]];
    const RULES: readonly PropertyDecorator[] = [
      IsDefined({ each: true }),
      IsNotEmpty({ each: true }),
      NotEquals('a', { each: true }),
      IsArray({ each: true }),
      ArrayMaxSize(0, { each: true }),
      IsString({ each: true }),
    ];
    RULES.forEach((rule, index) => rule(Loose.prototype, `rule${index}`));
    const judge = makeJudge(Loose);
    const valid = { rule0: 'b', rule1: 'b', rule2: 'b', rule3: [], rule4: [], rule5: 'b' };
    expect(judge(valid)).toEqual({ bySluice: true, bySchema: true });
    for (const key of Object.keys(valid))
      for (const value of [null, '', 'a', 'b', {}, ...LISTS]) {
        const { bySluice, bySchema } = judge({ ...valid, [key]: value });
        expect([key, value, bySchema]).toEqual([key, value, bySluice]);
      }
  });

  it('keeps rules that say something about one keyword', () => {
    class Path {
      @Contains('/')
      @Contains('.')
      @NotContains(' ')
      @NotContains('#')
      @Length(3, 9)
      @Length(2, 7)
      path!: string;
      @IsInt() @IsString() never!: string;
    }
    const { path, never } = mapFields(Path);
    expect(path).toMatchObject({ type: 'string', minLength: 3, maxLength: 7 });
    expect(JSON.stringify(path)).toMatch(/\\\\\/.*\\\\\.|\\\\\..*\\\\\//);
    expect((path?.['allOf'] as unknown[]).length).toBe(2);
    expect(never).toEqual({ not: {} });
    const judge = makeJudge(Path);
    const paths = fc.string({ unit: fc.constantFrom('/', '.', ' ', '#', 'a'), maxLength: 10 });
    fc.assert(
      fc.property(paths, (value) => {
        const { bySluice, bySchema } = judge({ path: value });
        return bySluice === bySchema;
      }),
    );
  });
});
