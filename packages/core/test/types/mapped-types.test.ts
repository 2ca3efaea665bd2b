import { IntersectionType, OmitType, PartialType, PickType } from '../../src';
import { compileOnly, expectType } from '../compile-only';

class Entity {
  readonly id!: number;
}

class Cat extends Entity {
  name!: string;
  note?: string;
  protected secret = '';

  describe() {
    return this.name + this.secret;
  }
}

class Page {
  page: number = 1;
  limit?: number;
}

type Same<T> = { [Name in keyof T]: T[Name] };

/** Flattens an intersection, so that it can be compared. */
function flatten<T>(value: T): Same<T> {
  return value;
}

describe('the types of mapped classes', () => {
  it('have the properties that are left, without methods', () => {
    compileOnly(() => [
      expectType<{ readonly id?: number; name?: string; note?: string }>()(flatten(new (PartialType(Cat))())),
      expectType<{ name: string; note?: string }>()(flatten(new (PickType(Cat, ['name', 'note']))())),
      expectType<{ readonly id: number; note?: string }>()(flatten(new (OmitType(Cat, ['name']))())),
      expectType<{ readonly id: number; page: number; limit?: number }>()(
        flatten(new (IntersectionType(Entity, Page))()),
      ),
    ]);
    expect(PartialType(Page).name).toBe('PartialType(Page)');
  });

  it('can be extended and nested', () => {
    class Filter extends IntersectionType(PickType(Cat, ['name']), PartialType(OmitType(Page, ['limit']))) {
      extra = true;
    }
    compileOnly((filter = new Filter()) => [
      expectType<string>()(filter.name),
      expectType<number | undefined>()(filter.page),
      expectType<'extra' | 'name' | 'page'>()({} as keyof Filter),
    ]);
    expect(new Filter().extra).toBe(true);
  });

  it('know the names of the properties', () => {
    // @ts-expect-error -- no such property
    compileOnly(() => PickType(Cat, ['nam']));
    // @ts-expect-error -- no such property
    compileOnly(() => OmitType(Cat, ['nam']));
    // @ts-expect-error -- a method is not a property
    compileOnly(() => PickType(Cat, ['describe']));
    // @ts-expect-error -- a protected property is not public
    compileOnly(() => PickType(Cat, ['secret']));
    // @ts-expect-error -- an instance is not a class
    compileOnly(() => PartialType(new Cat()));
    // @ts-expect-error -- no class
    compileOnly(() => IntersectionType());
    expect(PickType(Cat, ['name']).name).toBe('PickType(Cat)');
  });
});
