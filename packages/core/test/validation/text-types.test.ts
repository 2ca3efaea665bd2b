import fc from 'fast-check';
import { makeTextParser, type TextTypeName } from '../../src/validation/text-types';

function parse(coercion: TextTypeName, text: string, values?: (string | number)[]): unknown {
  return makeTextParser({ coercion, ...(values && { values }) })(text);
}

const NAMES: readonly TextTypeName[] = [
  'text',
  'number',
  'integer',
  'bigint',
  'boolean',
  'date',
  'uuid',
  'enum',
];

describe('a text becomes', () => {
  it.each([
    ['integer', '7', 7],
    ['integer', '-9007199254740991', -9007199254740991],
    ['date', '2024-02-29', new Date('2024-02-29T00:00:00.000Z')],
    ['date', '2026-01-31T12:00:00Z', new Date(Date.UTC(2026, 0, 31, 12))],
    ['date', '2026-01-31T12:00:00.250+02:00', new Date(Date.UTC(2026, 0, 31, 10, 0, 0, 250))],
    ['uuid', '6b1c0b5e-4c53-4b0f-9a0e-6f6f0f3c8a11', '6b1c0b5e-4c53-4b0f-9a0e-6f6f0f3c8a11'],
    ['uuid', '6B1C0B5E-4C53-0B0F-9A0E-6F6F0F3C8A11', '6B1C0B5E-4C53-0B0F-9A0E-6F6F0F3C8A11'],
  ] as const)('%s: %s', (type, text, value) => expect(parse(type, text)).toEqual(value));

  it.each([
    ['integer', ['', '1.0', '1e3', '+1', '01', ' 1', '9007199254740992', '0x1', '1_000']],
    [
      'date',
      [
        '',
        '2026',
        '2026-01',
        '2026-02-30',
        '2025-02-29',
        '2026-13-01',
        '2026-00-10',
        '26-01-01',
        '2026-1-1',
        '2026-01-31T12:00:00',
        '2026-01-31T12:00Z',
        '2026-01-31T24:00:00Z',
        '2026-01-31T12:00:60Z',
        '2026-01-31 12:00:00Z',
        '2026-01-31T12:00:00+2',
        '2026-01-31T12:00:00+24:00',
        '2026-02-30T12:00:00Z',
        'Sat, 31 Jan 2026 12:00:00 GMT',
        '1767225600',
        '+002026-01-31',
        '２０２６-01-31',
      ],
    ],
    [
      'uuid',
      [
        '',
        '6b1c0b5e4c534b0f9a0e6f6f0f3c8a11',
        '{6b1c0b5e-4c53-4b0f-9a0e-6f6f0f3c8a11}',
        '6b1c0b5e-4c53-4b0f-9a0e-6f6f0f3c8a1',
        'g'.repeat(36),
      ],
    ],
  ] as const)('%s only in its exact form', (type, texts) => {
    expect(texts.filter((text) => parse(type, text) !== undefined)).toEqual([]);
  });

  it('a value of an enum if it is exactly its text', () => {
    expect(parse('enum', 'red', ['red', 'green'])).toBe('red');
    expect(parse('enum', '2', [1, 2])).toBe(2);
    for (const text of ['Red', '', '__proto__', 'toString', '02', ' 2'])
      expect(parse('enum', text, ['red', 2])).toBeUndefined();
  });

  it('a date only if the day exists', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(parse('date', date.toISOString())).toEqual(date);
        expect(parse('date', date.toISOString().slice(0, 10))).toEqual(
          new Date(date.toISOString().slice(0, 10)),
        );
      }),
    );
    const day = fc.tuple(fc.nat(9999), fc.nat(20), fc.nat(40));
    fc.assert(
      fc.property(day, ([year, month, dayOfMonth]) => {
        const text = [
          String(year).padStart(4, '0'),
          ...[month, dayOfMonth].map((n) => String(n).padStart(2, '0')),
        ];
        const parsed = parse('date', text.join('-')) as Date | undefined;
        if (parsed === undefined) return;
        expect([parsed.getUTCMonth() + 1, parsed.getUTCDate()]).toEqual([month, dayOfMonth]);
      }),
    );
  });

  it('a value of its type or undefined, whatever is sent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.string({ unit: 'binary' }), (type, text) => {
        const value = parse(type, text, ['a', 1]);
        if (value === undefined) return;
        const kinds: Readonly<Record<TextTypeName, boolean>> = {
          text: value === text,
          number: Number.isFinite(value),
          integer: Number.isSafeInteger(value),
          bigint: typeof value === 'bigint',
          boolean: typeof value === 'boolean',
          date: value instanceof Date && !Number.isNaN(value.getTime()),
          uuid: value === text,
          enum: value === 'a' || value === 1,
        };
        expect(kinds[type]).toBe(true);
      }),
    );
  });
});
