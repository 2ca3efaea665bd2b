import { Transform, Type } from 'class-transformer';
import { IsArray, IsEnum, IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { Problems } from '../../../src/configuration/problems';
import { readPartClass } from '../../../src/plan/read/read-part-class';

enum Size {
  Small = 1,
  Large = 2,
}

class Parent {
  @IsOptional() since?: Date;
}

class Filter extends Parent {
  @IsInt() limit!: number;
  @IsOptional() @Type(() => String) either!: string | number;
  @IsInt() ruled!: number | string;
  @IsString({ each: true }) tags!: string[];
  @IsArray() @Type(() => Date) days!: Date[];
  @IsEnum(Size, { each: true }) sizes!: Size[];
  @IsIn(['a', 'b'], { each: true }) letters!: string[];
  @IsArray() @Transform(({ value }) => value as unknown) made!: unknown[];
  unruled?: number;
}

class Headers {
  @IsString() userAgent!: string;
}

class Mixed {
  @IsIn(['a', 1], { each: true }) values!: (string | number)[];
}

function read(...[type, kind]: [Parameters<typeof readPartClass>[0], Parameters<typeof readPartClass>[1]]) {
  const problems = new Problems();
  const properties = readPartClass(type, kind, 'X.list, parameter 0', problems);
  return { properties, problems: problems.list() };
}

describe('the properties of a class that takes a whole part', () => {
  it('have the type of @Type, or else the emitted one, or else that of their rules, also in parents', () => {
    const { properties, problems } = read(Filter, 'query');
    const table = properties.map(({ key, coercion }) => [key, coercion]);
    expect(problems).toEqual([]);
    expect(Object.fromEntries(table)).toEqual({
      since: { coercion: 'date' },
      limit: { coercion: 'number' },
      either: { coercion: 'text' },
      ruled: { coercion: 'number' },
      tags: { coercion: 'text', list: true },
      days: { coercion: 'date', list: true },
      sizes: { coercion: 'number', list: true },
      letters: { coercion: 'text', list: true },
      made: undefined,
    });
  });

  it('are read from header names with hyphens', () => {
    expect(read(Headers, 'header').properties).toEqual([
      { key: 'userAgent', name: 'user-agent', coercion: { coercion: 'text' } },
    ]);
    expect(read(Headers, 'cookie').properties[0]!.name).toBe('userAgent');
  });

  it('are read from headers that are spelled as their own names, or with acronyms', () => {
    class Spelled {
      @IsString() Authorization!: string;
      @IsString() ETag!: string;
      @IsString() 'X-Tenant'!: string;
      @IsString() xCSRFToken!: string;
      @IsString() contentMD5!: string;
    }
    expect(read(Spelled, 'header').properties.map(({ name }) => name)).toEqual([
      'authorization',
      'etag',
      'x-tenant',
      'x-csrf-token',
      'content-md5',
    ]);
  });

  it('are reported when no request can have their names', () => {
    class Odd {
      @IsString() 'user agent'!: string;
      @IsString() 'a=b'!: string;
    }
    expect(read(Odd, 'header').problems.map(({ fault }) => fault)).toEqual([
      '"user agent" is not a name of a header, so no request has it.',
      '"a=b" is not a name of a header, so no request has it.',
    ]);
    expect(read(Odd, 'cookie').problems.map(({ fault }) => fault)).toEqual([
      '"a=b" is not a name of a cookie, so no request has it.',
    ]);
    expect(read(Odd, 'query').problems).toEqual([]);
  });

  it('are reported when a list has values of several types', () => {
    expect(read(Mixed, 'query').problems).toEqual([
      expect.objectContaining({ code: 'PARAMETER_TYPE_UNKNOWN', place: 'X.list, parameter 0' }),
    ]);
  });
});
