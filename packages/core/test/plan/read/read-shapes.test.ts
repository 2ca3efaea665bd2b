import { Exclude, Expose, Type } from 'class-transformer';
import { Allow, IsString, ValidateNested } from 'class-validator';
import { readShapes } from '../../../src/plan/read/read-shapes';

class Author {
  @IsString() name!: string;
  secret!: string;
}

class Thread {
  @IsString() title!: string;
  @Allow() day!: Date;
  @Allow() author!: Author;
  @ValidateNested() @Type(() => Thread) replies!: Thread[];
  @ValidateNested() others!: unknown[];
}

describe('the shapes of a class', () => {
  const faults: string[] = [];
  const shapes = readShapes(Thread, ({ fault }) => void faults.push(fault));

  it('have the fields with rules, with the class that @Type names or the compiler emitted', () => {
    expect(shapes.get(Thread)).toEqual([
      { name: 'title', key: 'title', type: undefined },
      { name: 'day', key: 'day', type: undefined },
      { name: 'author', key: 'author', type: Author },
      { name: 'replies', key: 'replies', type: Thread },
      { name: 'others', key: 'others', type: undefined },
    ]);
  });

  it('include every nested class once, also one that is nested in itself', () => {
    expect([...shapes.keys()]).toEqual([Thread, Author]);
    expect(shapes.get(Author)).toEqual([{ name: 'name', key: 'name', type: undefined }]);
  });

  it('report nested fields of an unknown class', () => {
    expect(faults).toEqual(['@Returns does not know the class that is nested in Thread.others.']);
  });
});

describe('the shape of a field', () => {
  class Bare {}
  class Open {
    @Expose({ name: 'full_name' }) @IsString() name!: string;
    @Exclude({ toPlainOnly: true }) @IsString() password!: string;
    @Exclude({ toClassOnly: true }) @IsString() made!: string;
    @ValidateNested() @Type((given) => (given!.object['kind'] === 'a' ? Author : Thread)) chosen!: object;
    @ValidateNested() @Type(() => Bare) bare!: Bare;
    @ValidateNested()
    @Type(() => Bare, { discriminator: { property: 'kind', subTypes: [{ name: 'author', value: Author }] } })
    union!: Bare;
  }
  const faults: string[] = [];
  const shapes = readShapes(Open, ({ fault }) => void faults.push(fault));

  it('has the name of @Expose, and is missing with @Exclude', () => {
    const fields = shapes.get(Open)!.map(({ name, key }) => [name, key]);
    expect(fields).toEqual([
      ['name', 'full_name'],
      ['made', 'made'],
      ['chosen', 'chosen'],
      ['bare', 'bare'],
      ['union', 'union'],
    ]);
  });

  it('has the classes of a discriminator', () => {
    expect(shapes.get(Open)!.at(-1)!.union).toEqual({
      property: 'kind',
      types: new Map([['author', Author]]),
      base: undefined,
    });
    expect(shapes.has(Author)).toBe(true);
  });

  it('is reported if its fields are unknown', () => {
    expect(faults).toEqual([
      '@Returns does not know the class that is nested in Open.chosen, because each value chooses it.',
      '@Returns does not know the fields of Bare, which is nested in Open.bare and has no class-validator rules.',
    ]);
  });
});
