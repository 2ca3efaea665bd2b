import { Type } from 'class-transformer';
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
  const unknown: string[] = [];
  const shapes = readShapes(Thread, (owner, field) => unknown.push(`${owner.name}.${field}`));

  it('have the fields with rules, with the class that @Type names or the compiler emitted', () => {
    expect(shapes.get(Thread)).toEqual([
      { name: 'title', type: undefined },
      { name: 'day', type: undefined },
      { name: 'author', type: Author },
      { name: 'replies', type: Thread },
      { name: 'others', type: undefined },
    ]);
  });

  it('include every nested class once, also one that is nested in itself', () => {
    expect([...shapes.keys()]).toEqual([Thread, Author]);
    expect(shapes.get(Author)).toEqual([{ name: 'name', type: undefined }]);
  });

  it('report nested fields of an unknown class', () => {
    expect(unknown).toEqual(['Thread.others']);
  });
});
