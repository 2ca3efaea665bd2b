import { Transform } from 'class-transformer';
import { IsInt, IsString, Min } from 'class-validator';
import * as v from 'valibot';
import { z } from 'zod';
import { HttpError, type ErrorDetail, type StandardSchema } from '../../src';
import { compileValidator } from '../../src/validation/compile-validator';

class Line {
  @IsString() name!: string;
  @IsInt() @Min(1) count!: number;
}

/** The errors of a check that must fail. */
async function readErrors(check: () => unknown): Promise<readonly ErrorDetail[]> {
  try {
    await check();
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status: 422, code: 'validation_failed' });
    return (error as HttpError).errors!;
  }
  throw new Error('The value was accepted.');
}

const brief = ({ in: part, pointer, code }: ErrorDetail) => `${part} ${pointer} ${code}`;

describe('the check of a class', () => {
  it('returns an instance', async () => {
    const line = await compileValidator(Line)({ name: 'a', count: 1 }, 'body');
    expect(line).toBeInstanceOf(Line);
    expect(line).toEqual({ name: 'a', count: 1 });
  });

  it('names the part of the request in its errors', async () => {
    const errors = await readErrors(() => compileValidator(Line)({ name: 'a', count: 0, more: 1 }, 'query'));
    expect(errors.map(brief).sort()).toEqual(['query /count min', 'query /more whitelistValidation']);
  });

  it('strips unknown keys if the options say so', async () => {
    const line = await compileValidator(Line, { unknownKeys: 'strip' })(
      { name: 'a', count: 1, x: 1 },
      'body',
    );
    expect(line).toEqual({ name: 'a', count: 1 });
  });
});

describe('the check of a list', () => {
  const validate = compileValidator({ each: Line });

  it('returns instances', async () => {
    const lines = (await validate([{ name: 'a', count: 1 }], 'body')) as unknown[];
    expect(lines).toHaveLength(1);
    expect(lines[0]).toBeInstanceOf(Line);
  });

  it.each([null, {}, 'text', 1, true, undefined])('refuses %j', async (value) => {
    expect((await readErrors(() => validate(value, 'body'))).map(brief)).toEqual(['body  array']);
  });

  it('reports the errors of all items', async () => {
    const errors = await readErrors(() =>
      validate([{ name: 1, count: 1 }, null, { name: 'a', count: 1 }, []], 'body'),
    );
    expect(errors.map(brief)).toEqual(['body /0/name isString', 'body /1 object', 'body /3 object']);
  });

  it('leaves an HttpError without errors to the client as it is', () => {
    class Taken {
      @IsString()
      @Transform(() => {
        throw new HttpError(409);
      })
      name!: string;
    }
    expect(() => compileValidator({ each: Taken })([{ name: 'a' }], 'body')).toThrow(
      expect.objectContaining({ status: 409 }) as Error,
    );
  });

  it('checks each item by a schema', async () => {
    const names = compileValidator({ each: z.string() });
    expect(names(['a', 'b'], 'body')).toEqual(['a', 'b']);
    expect((await readErrors(() => names(['a', 1], 'body'))).map(brief)).toEqual(['body /1 invalid_type']);
  });
});

describe('the check of a Standard Schema', () => {
  it('returns the output of a zod schema synchronously', () => {
    const schema = z.object({
      at: z.iso.date().transform((text) => new Date(text)),
      many: z.number().default(3),
    });
    expect(compileValidator(schema)({ at: '2026-01-02' }, 'body')).toEqual({
      at: new Date('2026-01-02'),
      many: 3,
    });
  });

  it('waits for an asynchronous zod schema', async () => {
    const taken = z.string().refine(async (name) => Promise.resolve(name !== 'taken'));
    const validate = compileValidator(z.object({ name: taken }));
    await expect(validate({ name: 'free' }, 'body')).resolves.toEqual({ name: 'free' });
    expect((await readErrors(() => validate({ name: 'taken' }, 'body'))).map(brief)).toEqual([
      'body /name custom',
    ]);
  });

  it('points to the wrong value in a zod schema', async () => {
    const schema = z.object({ items: z.array(z.object({ 'a/b~c': z.number().min(1) })) });
    const errors = await readErrors(() => compileValidator(schema)({ items: [{ 'a/b~c': 0 }] }, 'body'));
    expect(errors.map(brief)).toEqual(['body /items/0/a~1b~0c too_small']);
  });

  it('points to the wrong value in a valibot schema', async () => {
    const schema = v.object({ items: v.array(v.object({ count: v.pipe(v.number(), v.minValue(1)) })) });
    const errors = await readErrors(() => compileValidator(schema)({ items: [{ count: 0 }] }, 'body'));
    expect(errors.map(brief)).toEqual(['body /items/0/count min_value']);
  });

  it.each([
    [v.object({ a: v.number() }), 'must be number'],
    [v.object({ a: v.pipe(v.string(), v.email()) }), 'must be a valid value'],
    [z.object({ a: z.number() }), 'Invalid input: expected number, received string'],
  ])('never reports the value', async (schema, text) => {
    const [error] = await readErrors(() => compileValidator(schema)({ a: 'secret' }, 'body'));
    expect(error!.detail).toBe(text);
  });

  it.each([
    [{ a: 'secret' }, 'must be a list'],
    [5, 'must be a list (was {"a":"secret"})'],
  ])('replaces a message that may contain a part of an object: %j', async (value, detail) => {
    const issue = { message: 'must be a list (was {"a":"secret"})', expected: 'a list' };
    const schema: StandardSchema = {
      '~standard': { version: 1, vendor: 'own', validate: () => ({ issues: [issue] }) },
    };
    const [error] = await readErrors(() => compileValidator(schema)(value, 'body'));
    expect(error!.detail).toBe(detail);
  });

  it.each([
    ['abc', 'abc is short'],
    ['abcd', 'must be a valid value'],
  ])('keeps a message with a word as short as %s', async (value, detail) => {
    const schema: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'own',
        validate: () => ({ issues: [{ message: `${value} is short` }] }),
      },
    };
    const [error] = await readErrors(() => compileValidator(schema)(value, 'body'));
    expect(error!.detail).toBe(detail);
  });

  it('reports an issue without a code and a path under the code schema', async () => {
    const schema: StandardSchema = {
      '~standard': { version: 1, vendor: 'own', validate: () => ({ issues: [{ message: 'no' }] }) },
    };
    expect(await readErrors(() => compileValidator(schema)(1, 'header'))).toEqual([
      { in: 'header', pointer: '', code: 'schema', detail: 'no' },
    ]);
  });

  it('reads a path that is a subclass of Array', async () => {
    class Path extends Array<string> {
      constructor(...steps: (string | number)[]) {
        super();
        this.push(...(steps as string[]));
      }
    }
    const schema: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'own',
        validate: () => ({
          issues: [
            { message: 'whole', path: new Path() },
            { message: 'part', path: new Path('a', 'b') },
          ],
        }),
      },
    };
    const errors = await readErrors(() => compileValidator(schema)(null, 'body'));
    expect(errors.map(({ pointer }) => pointer)).toEqual(['', '/a/b']);
  });

  it('rethrows an error of the schema, which is not the fault of the client', () => {
    const schema: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'own',
        validate: () => {
          throw new TypeError('broken schema');
        },
      },
    };
    expect(() => compileValidator({ each: schema })([1], 'body')).toThrow('broken schema');
  });
});
