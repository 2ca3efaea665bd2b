import { Transform, Type } from 'class-transformer';
import {
  Allow,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsInt,
  IsOptional,
  IsString,
  MinLength,
  registerDecorator,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatePromise,
  ValidatorConstraint,
  type ValidationArguments,
} from 'class-validator';
import type { Class, ValidationOptions } from '../../../src';
import { compileValidator } from '../../../src/validation/compile-validator';
import { judge } from './agreement';

const make = (type: Class, plain: unknown, options?: ValidationOptions) =>
  compileValidator(type, options)(plain, 'body');

class Note {
  @IsString() text = 'empty';
  @IsOptional() @IsInt() stars?: number;
  readonly made = 'by the class';
  hidden?: boolean;

  get length(): number {
    return this.text.length;
  }
}

@ValidatorConstraint({ name: 'isLater', async: true })
class IsLater {
  async validate(value: unknown) {
    return Promise.resolve(value !== 'early');
  }
  defaultMessage() {
    return 'is early';
  }
}

class Tree {
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Tree) children?: Tree[];
}

describe('an instance', () => {
  it('is made by the constructor of the class and keeps its defaults', () => {
    const note = make(Note, { stars: 1 }) as Note;
    expect(note).toBeInstanceOf(Note);
    expect([note.text, note.stars, note.made, note.length]).toEqual(['empty', 1, 'by the class', 5]);
  });

  it.each(['made', 'hidden', 'length', 'toString'])('never takes %s from a client', async (key) => {
    expect(await judge(Note, { [key]: 'x' })).toEqual([
      `/${key} whitelistValidation: property ${key} should not exist`,
    ]);
    const note = make(Note, { [key]: 'x', text: 'ab' }, { unknownKeys: 'strip' }) as Note;
    expect([note.made, note.hidden, note.length]).toEqual(['by the class', undefined, 2]);
  });

  class Titled {
    private text = '';
    @IsString() get title(): string {
      return this.text;
    }
    set title(text: string) {
      this.text = text.trim();
    }
    @IsInt() get size(): number {
      return this.text.length;
    }
  }
  class Inheriting extends Titled {}

  it.each([
    ['its own', Titled],
    ['inherited', Inheriting],
  ])('sets only properties with a setter, among %s accessors', async (_, type) => {
    expect(make(type, { title: ' a ' })).toMatchObject({ title: 'a', size: 1 });
    expect(await judge(type, { title: 'a', size: 2 })).toEqual([
      '/size whitelistValidation: property size should not exist',
    ]);
    expect(make(type, { title: 'a', size: 2 }, { unknownKeys: 'strip' })).toMatchObject({ size: 1 });
  });

  it.each(['__proto__', 'constructor'])('never takes %s, even with a rule', async (key) => {
    class Polluted {}
    IsOptional()(Polluted.prototype, key);
    const plain: unknown = JSON.parse(`{"${key}":{"polluted":true}}`);
    expect(await judge(Polluted, plain)).toEqual([
      `/${key} whitelistValidation: property ${key} should not exist`,
    ]);
    const made = make(Polluted, plain, { unknownKeys: 'strip' }) as { polluted?: unknown };
    expect([Object.getPrototypeOf(made), made.constructor, made.polluted]).toEqual([
      Polluted.prototype,
      Polluted,
      undefined,
    ]);
  });

  it('is returned synchronously if all rules are synchronous', () => {
    expect(make(Note, {})).toBeInstanceOf(Note);
  });

  it('has at most a hundred levels', async () => {
    const nest = (levels: number): object => (levels === 0 ? {} : { children: [nest(levels - 1)] });
    expect(await judge(Tree, nest(49))).toEqual([]);
    expect(await judge(Tree, nest(2000))).toEqual([' depth: must be nested at most 100 levels deep']);
  });
});

describe('@Type', () => {
  class Event {
    @IsDate() @Type(() => Date) at!: Date;
    @IsInt({ each: true }) @Type(() => Number) counts!: number[];
    @IsString() @Type(() => String) name!: string;
  }

  it('converts texts to dates, and primitives to strings', () => {
    const event = make(Event, { at: '2026-01-02', counts: [1, 2], name: 5 });
    expect(event).toEqual({ at: new Date('2026-01-02'), counts: [1, 2], name: '5' });
  });

  it('does not convert objects', async () => {
    const wrong = { toString: 1, valueOf: 1 };
    expect(
      (await judge(Event, { at: wrong, counts: [wrong], name: {} })).map((one) => one.split(':')[0]),
    ).toEqual(['/at isDate', '/counts/0 isInt', '/name isString']);
  });

  describe('names what a value must be, with and without a rule that says so:', () => {
    class Loose {
      @IsOptional() @Type(() => Boolean) flag?: boolean;
      @IsOptional() @Type(() => Number) count?: number;
      @IsOptional() @Type(() => String) name?: string;
      @IsOptional() @Type(() => Date) at?: Date;
      @IsOptional() @Type(() => Number) counts?: number[];
      @IsOptional() @ValidateIf(() => false) @IsInt() @Type(() => Number) unchecked?: number;
    }
    class Strict {
      @IsBoolean() @Type(() => Boolean) flag!: boolean;
      @IsInt({ message: 'must be whole' }) @Type(() => Number) count!: number;
    }

    it.each<[object, string[]]>([
      [{ flag: 'false' }, ['/flag boolean: must be true or false']],
      [{ flag: 0 }, ['/flag boolean: must be true or false']],
      [{ flag: [true] }, ['/flag boolean: must be true or false']],
      [{ count: '5' }, ['/count number: must be a number']],
      [{ count: true }, ['/count number: must be a number']],
      [{ count: {} }, ['/count number: must be a number']],
      [
        { counts: [1, '2', ['3']] },
        ['/counts/1 number: must be a number', '/counts/2/0 number: must be a number'],
      ],
      [{ unchecked: '5' }, ['/unchecked number: must be a number']],
      [{ name: {} }, ['/name text: must be a string']],
      [{ at: 'never' }, ['/at date: must be a date']],
      [{ at: true }, ['/at date: must be a date']],
      [{ flag: null, count: null, name: null, at: null }, []],
      [{ flag: false, count: 5, name: 'a', at: '2026-01-02', counts: [1, [2]] }, []],
    ])('%j', async (plain, errors) => {
      expect(await judge(Loose, plain)).toEqual(errors);
    });

    it('a rule that finds the fault first keeps its own message', async () => {
      expect(await judge(Strict, { flag: 'false', count: '5' })).toEqual([
        '/count isInt: must be whole',
        '/flag isBoolean: flag must be a boolean value',
      ]);
    });
  });
});

describe('a rule with `each`', () => {
  class Tags {
    @IsOptional() @IsString({ each: true }) @MinLength(2, { each: true }) tags?: string[];
    @IsOptional() @Validate(IsLater, { each: true }) later?: string[];
    @IsOptional()
    @IsInt({ each: true })
    @Transform(({ value }) => new Set(value as number[]))
    set?: Set<number>;
    @IsOptional()
    @IsInt({ each: true })
    @Transform(({ value }) => new Map(Object.entries(value as object)))
    map?: Map<string, number>;
  }

  it.each<[object, string[]]>([
    [
      { tags: ['ab', 'c', 5] },
      [
        '/tags/1 minLength: each value in tags must be longer than or equal to 2 characters',
        '/tags/2 isString: each value in tags must be a string',
        '/tags/2 minLength: each value in tags must be longer than or equal to 2 characters',
      ],
    ],
    [{ later: ['a', 'early', 'b', 'early'] }, ['/later/1 isLater: is early', '/later/3 isLater: is early']],
    [{ set: [1, 'x'] }, ['/set/1 isInt: each value in set must be an integer number']],
    [{ map: { a: 1, 'b/c': 'x' } }, ['/map/b~1c isInt: each value in map must be an integer number']],
    [{ tags: [], later: [], set: [], map: {} }, []],
  ])('points at every item that fails: %j', async (plain, errors) => {
    expect(await judge(Tags, plain)).toEqual(errors);
  });
});

describe('the declared type of a property', () => {
  class Address {
    @IsString() street!: string;
  }
  class Person {
    @IsOptional() @ValidateNested() @Type(() => Address) address?: Address;
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Address) addresses?: Address[];
    @IsOptional() @ValidateNested() @Type(() => Address) either?: Address | Address[];
    @IsOptional() @IsString({ each: true }) tags?: string[];
    @IsOptional() @IsArray({ message: 'list them' }) @MinLength(1, { each: true }) notes?: string[];
    @IsOptional() @Type(() => Number) age?: number;
    @IsOptional() @ValidateNested() @Type(() => Address) byName?: Map<string, Address>;
    @IsOptional() @ValidateNested() @Type(() => Address) all?: Set<Address>;
    @IsOptional() @Allow() untyped?: Address;
  }
  const address = { street: 'a' };

  it.each<[object, string[]]>([
    [{ address: [] }, ['/address object: must be an object']],
    [{ address: [address] }, ['/address object: must be an object']],
    [{ address: [{ street: 1, more: 1 }] }, ['/address object: must be an object']],
    [{ untyped: [] }, ['/untyped object: must be an object']],
    [{ byName: [address] }, ['/byName object: must be an object']],
    [{ addresses: address }, ['/addresses array: must be a list']],
    [{ addresses: 'a' }, ['/addresses array: must be a list']],
    [{ tags: 'a' }, ['/tags array: must be a list']],
    [{ tags: 1 }, ['/tags isString: each value in tags must be a string']],
    [{ notes: 'a' }, ['/notes isArray: list them']],
    [{ all: address }, ['/all array: must be a list']],
    [{ age: [1] }, ['/age number: must be a number']],
    [{ address: null, addresses: null, tags: null, all: null }, []],
    [
      {
        address,
        addresses: [address],
        either: address,
        tags: ['a'],
        age: 1,
        all: [address],
        untyped: address,
      },
      [],
    ],
    [{ either: [address], byName: { a: address }, addresses: [], tags: [], all: [] }, []],
  ])('decides whether a value may be a list: %j', async (plain, errors) => {
    expect(await judge(Person, plain)).toEqual(errors);
  });

  it('is not known without metadata of the compiler, so both are accepted', async () => {
    class Bare {}
    ValidateNested()(Bare.prototype, 'address');
    Type(() => Address)(Bare.prototype, 'address');
    expect(await judge(Bare, { address })).toEqual([]);
    expect(await judge(Bare, { address: [address] })).toEqual([]);
  });
});

describe('the message of a rule', () => {
  class Worded {
    @IsInt({ message: '$property of $target must be a number: $value' }) a!: number;
    @IsInt({
      message: ({ property, object }: ValidationArguments) => `${property} of ${object.constructor.name}`,
    })
    b!: number;
  }

  it('appears in the error, without the value', async () => {
    expect(await judge(Worded, { a: 'secret', b: 'secret' })).toEqual([
      '/a isInt: a of Worded must be a number: the value',
      '/b isInt: b of Worded',
    ]);
  });
});

describe('a rule', () => {
  it('may have the name of a built-in one', async () => {
    class Own {
      @Allow() value!: unknown;
    }
    registerDecorator({
      name: 'isInt',
      target: Own,
      propertyName: 'value',
      validator: { validate: (value) => value === 'own', defaultMessage: () => 'must be own' },
    });
    expect(await judge(Own, { value: 'own' })).toEqual([]);
    expect(await judge(Own, { value: 1 })).toEqual(['/value isInt: must be own']);
  });

  it('applies only if its own `validateIf` says so', async () => {
    class Sized {
      @IsInt({ validateIf: (_object, value) => value !== 'auto' }) @IsDefined() size!: unknown;
    }
    expect(await judge(Sized, { size: 'auto' })).toEqual([]);
    expect(await judge(Sized, { size: 'big' })).toEqual(['/size isInt: size must be an integer number']);
    expect(await judge(Sized, {})).toHaveLength(2);
  });

  it('applies to the resolved value with @ValidatePromise', async () => {
    class Later {
      @ValidatePromise() @IsString() @Transform(({ value }) => Promise.resolve(value)) text!: Promise<string>;
    }
    expect(await judge(Later, { text: 'a' })).toEqual([]);
    expect(await judge(Later, { text: 1, more: 1 })).toEqual([
      '/more whitelistValidation: property more should not exist',
      '/text isString: text must be a string',
    ]);
  });

  it('has the whole pointer if a promise is within a list', async () => {
    class Later {
      @ValidatePromise() @IsString() @Transform(({ value }) => Promise.resolve(value)) text!: Promise<string>;
    }
    class Laters {
      @ValidateNested({ each: true }) @Type(() => Later) all!: Later[];
    }
    expect(await judge(Laters, { all: [{ text: 'a' }, { text: 1 }] })).toEqual([
      '/all/1/text isString: text must be a string',
    ]);
  });

  it('applies to the items of a Set and a Map', async () => {
    class Item {
      @IsInt() id!: number;
    }
    class Collections {
      @ValidateNested() @Type(() => Item) set!: Set<Item>;
      @ValidateNested() @Type(() => Item) map!: Map<string, Item>;
    }
    expect(await judge(Collections, { set: [{ id: 1 }, { id: 'x' }], map: { a: { id: 'x' } } })).toEqual([
      '/map/a/id isInt: id must be an integer number',
      '/set/1/id isInt: id must be an integer number',
    ]);
  });

  it('is missing on an object without a class', async () => {
    class Outer {
      @ValidateNested() inner!: object;
    }
    const inner: object = Object.create(null) as object;
    expect(await judge(Outer, { inner })).toEqual([
      '/inner unknownValue: an unknown value was passed to the validate function',
    ]);
  });

  it('leaves no promise without a handler if another rule throws', async () => {
    let isHandled = false;
    class Watched extends Promise<boolean> {
      override then<A = boolean, B = never>(
        onResolved?: ((value: boolean) => A | PromiseLike<A>) | null,
        onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
      ): Promise<A | B> {
        isHandled ||= typeof onRejected === 'function';
        return super.then(onResolved, onRejected);
      }
    }
    class Throwing {
      @Allow() first!: unknown;
      @Allow() second!: unknown;
    }
    const add = (propertyName: string, validate: () => boolean | Promise<boolean>) =>
      registerDecorator({ name: 'own', target: Throwing, propertyName, validator: { validate } });
    add('first', () => Watched.reject(new Error('later')));
    add('second', () => {
      throw new Error('now');
    });
    expect(() => make(Throwing, {})).toThrow('now');
    await new Promise(setImmediate);
    expect(isHandled).toBe(true);
  });
});
