import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  Allow,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Min,
  Validate,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { outlineClass } from '../../../src/kit';

class Tag {
  @IsString() name!: string;
}

class Custom {
  validate() {
    return true;
  }
}

class Note {
  @IsString() @Length(1, 9) text!: string;
  @IsOptional() @IsInt({ groups: ['admin'] }) @Min(1, { validateIf: () => false }) rank = 3;
  @ValidateNested({ each: true }) @Type(() => Tag) tags!: Tag[];
  @IsString({ each: true }) words!: string[];
  @ValidateIf(() => true) @Validate(Custom) custom!: string;
  @Expose({ name: 'made_at' }) @Allow() @Type(() => Date) madeAt!: Date;
  @Exclude() @IsString() secret!: string;
  @Transform(() => 1) @IsInt() made!: number;
  @Allow() tag!: Tag;
}

const find = (name: string, options = {}) => outlineClass(Note, options).find((one) => one.name === name);

describe('the outline of a class', () => {
  it('lists the rules of each property, with their arguments', () => {
    expect(find('text')).toMatchObject({
      key: 'text',
      shape: undefined,
      isOptional: false,
      rules: [
        { name: 'isLength', constraints: [1, 9], each: false, isConditional: false, isBuiltIn: true },
        { name: 'isString', constraints: [], isBuiltIn: true },
      ],
    });
    expect(find('words')).toMatchObject({ shape: 'list', rules: [{ name: 'isString', each: true }] });
    expect(find('custom')).toMatchObject({ isConditional: true, rules: [{ isBuiltIn: false }] });
  });

  it('says what is optional, nested, transformed and set by the class', () => {
    expect(find('rank')).toMatchObject({ isOptional: true, initial: 3 });
    expect(find('rank')?.rules.map(({ name, isConditional }) => [name, isConditional])).toContainEqual([
      'min',
      true,
    ]);
    expect(find('tags')).toMatchObject({ isNested: true, type: Tag, shape: 'list' });
    expect(find('made')).toMatchObject({ isTransformed: true });
    expect(find('tag')).toMatchObject({ isNested: false });
  });

  it('has the names that a client sends, and only what a client may send', () => {
    expect(find('madeAt')).toMatchObject({ key: 'made_at', type: Date });
    expect(find('secret')).toBeUndefined();
  });

  it('has the rules of the groups that apply', () => {
    const count = (groups: string[]) => find('rank', { groups })?.rules.length;
    expect([count(['admin']), count(['other'])]).toEqual([1, undefined]);
  });

  it('nests the classes of a reply, whether their rules are checked or not', () => {
    expect(find('tag', { isReply: true })).toMatchObject({ isNested: true, type: Tag });
    expect(find('madeAt', { isReply: true })).toMatchObject({ isNested: false, type: Date });
    expect(find('rank', { isReply: true })).toMatchObject({ initial: undefined });
    expect(find('made', { isReply: true })).toMatchObject({ isTransformed: false });
  });

  it('is empty for a class without rules', () => {
    expect(outlineClass(class {})).toEqual([]);
  });
});
