import fc from 'fast-check';
import { HttpError } from '../../../src';
import { makeArgumentReader } from '../../../src/pipeline/arguments/read-argument';
import { makeContext } from '../../make-context';
import type { ArgumentPlan } from '../../../src/plan/arguments';

function readQuery(text: string | undefined, coercion: ArgumentPlan['coercion']): unknown {
  const read = makeArgumentReader({ kind: 'query', name: 'q', coercion, position: -1 });
  return read(makeContext({ url: text === undefined ? '/' : `/?q=${encodeURIComponent(text)}` }));
}

/** Reads the argument, or returns the error. */
function attempt(text: string, coercion: ArgumentPlan['coercion']): unknown {
  try {
    return readQuery(text, coercion);
  } catch (error) {
    return error;
  }
}

describe('an argument of the type', () => {
  it.each([
    ['number', '0', 0],
    ['number', '-0', -0],
    ['number', '7', 7],
    ['number', '-1.50', -1.5],
    ['number', '1e3', 1000],
    ['number', '1E-2', 0.01],
    ['boolean', 'true', true],
    ['boolean', '1', true],
    ['boolean', 'false', false],
    ['boolean', '0', false],
    ['bigint', '0', 0n],
    ['bigint', '-9007199254740993', -9007199254740993n],
    ['text', '', ''],
    ['text', ' 7 ', ' 7 '],
  ] as const)('%s is made of %j', (coercion, text, value) => expect(readQuery(text, coercion)).toBe(value));

  it.each([
    [
      'number',
      [
        '',
        ' ',
        ' 7',
        '7 ',
        '+7',
        '07',
        '1_000',
        '1,5',
        '.5',
        '5.',
        '0x10',
        'NaN',
        'Infinity',
        '1e400',
        '٧',
        '1e',
        '--1',
      ],
    ],
    ['boolean', ['', 'TRUE', 'yes', 'on', '2', ' true', 'null']],
    ['bigint', ['', '1.0', '1e3', '1n', '+1', '01', '0x1', ' 1', '9'.repeat(1001)]],
  ] as const)('%s is made of nothing else', (coercion, texts) => {
    for (const text of texts) {
      const error = attempt(text, coercion);
      expect(error).toBeInstanceOf(HttpError);
      expect(error).toMatchObject({ status: 422, errors: [{ in: 'query', pointer: '/q', code: coercion }] });
    }
  });

  it('number is checked item by item in a list, and a pointer has the index of the wrong item', () => {
    const read = makeArgumentReader({
      kind: 'query',
      name: 'tag',
      coercion: 'number',
      list: true,
      position: -1,
    });
    expect.assertions(1);
    try {
      read(makeContext({ url: '/?tag=1&tag=x&tag=2&tag=y' }));
    } catch (error) {
      expect((error as HttpError).errors!.map(({ pointer }) => pointer)).toEqual(['/tag/1', '/tag/3']);
    }
  });

  it('number is a finite number equal to the text, or is refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (text) => {
        const value = attempt(text, 'number');
        if (value instanceof HttpError) return;
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBe(Number(text));
        expect(text).toBe(text.trim());
      }),
    );
    fc.assert(fc.property(fc.integer(), (value) => readQuery(String(value), 'number') === value));
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = JSON.stringify(value);
        // Digits alone are a whole number, which is refused if a number cannot hold it exactly.
        fc.pre(!/^-?\d+$/.test(text) || Number.isSafeInteger(value));
        expect(readQuery(text, 'number')).toBe(Number(text));
      }),
    );
  });

  it('number refuses whole numbers that it cannot hold exactly', () => {
    expect(readQuery('9007199254740991', 'number')).toBe(9007199254740991);
    expect(attempt('9007199254740993', 'number')).toBeInstanceOf(HttpError);
    expect(attempt('-12345678901234567890', 'number')).toBeInstanceOf(HttpError);
  });

  it('bigint is exact', () => {
    fc.assert(fc.property(fc.bigInt(), (value) => readQuery(String(value), 'bigint') === value));
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = attempt(text, 'bigint');
        if (!(value instanceof HttpError)) expect(['-0', String(value)]).toContain(text);
      }),
    );
  });

  it('boolean is one of four words', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const isBoolean = typeof attempt(text, 'boolean') === 'boolean';
        expect(isBoolean).toBe(['true', 'false', '1', '0'].includes(text));
      }),
    );
  });

  it('never echoes its text, whatever the type', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8 }),
        fc.constantFrom('number', 'boolean', 'bigint'),
        (text, coercion) => {
          const error = attempt(`${text}secret`, coercion) as HttpError;
          expect(JSON.stringify([error.message, error.detail, error.errors])).not.toContain('secret');
        },
      ),
    );
  });

  it('is undefined if it was not sent, whatever the type', () => {
    for (const coercion of ['text', 'number', 'boolean', 'bigint'] as const)
      expect(readQuery(undefined, coercion)).toBeUndefined();
  });
});

describe('an argument comes from', () => {
  const headers = { 'X-A': '1', cookie: 'c=%20x; n=5' };
  const context = makeContext({ url: '/?q=1&q=2&e=%C3%A9', headers }, ['%C3%A9', '8']);
  context.request.body = { a: 1 };

  it.each<[Partial<ArgumentPlan>, unknown]>([
    [{ kind: 'context' }, context],
    [{ kind: 'body' }, { a: 1 }],
    [{ kind: 'param', position: 0 }, 'é'],
    [{ kind: 'param', position: 1, coercion: 'number' }, 8],
    [{ kind: 'query', name: 'q' }, '1'],
    [{ kind: 'query', name: 'q', list: true }, ['1', '2']],
    [{ kind: 'query', name: 'q', coercion: 'number', list: true }, [1, 2]],
    [{ kind: 'query', name: 'none', list: true }, []],
    [{ kind: 'query', name: 'e' }, 'é'],
    [{ kind: 'header', name: 'X-A', coercion: 'number' }, 1],
    [{ kind: 'cookie', name: 'c' }, ' x'],
    [{ kind: 'cookie', name: 'n', coercion: 'bigint' }, 5n],
    [{ kind: 'cookie', name: 'toString' }, undefined],
  ])('%j', (plan, value) => {
    const read = makeArgumentReader({ kind: 'query', name: 'n', coercion: 'text', position: -1, ...plan });
    expect(read(context)).toEqual(value);
  });

  it.each([
    ['param', 'path'],
    ['header', 'header'],
    ['cookie', 'cookie'],
  ] as const)('%s, which a refusal says', (kind, part) => {
    const read = makeArgumentReader({ kind, name: 'a/b~c', coercion: 'boolean', position: 0 });
    const given = makeContext({ headers: { 'a/b~c': 'x', cookie: 'a/b~c=x' } }, ['x']);
    expect.assertions(1);
    try {
      read(given);
    } catch (error) {
      expect((error as HttpError).errors).toEqual([
        { in: part, pointer: '/a~1b~0c', code: 'boolean', detail: 'must be true, false, 1 or 0' },
      ]);
    }
  });
});

describe('a required argument', () => {
  it.each([undefined, true] as const)('is an error if the request lacks it (list: %j)', (list) => {
    const read = makeArgumentReader({
      kind: 'query',
      name: 'none',
      coercion: 'number',
      position: -1,
      required: true,
      ...(list && { list }),
    });
    expect(() => read(makeContext({ url: '/?q=1' }))).toThrow(
      expect.objectContaining({
        errors: [{ in: 'query', pointer: '/none', code: 'required', detail: 'is required' }],
      }) as Error,
    );
  });
});
