import { Ajv2020 } from 'ajv-2020/dist/2020';
import fc from 'fast-check';
import { makeTextParser, type TextCoercion } from '@sluice/core/kit';
import { mapText } from '../../src/schema/text-schema';
import { nearValues } from './agreement';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const UUID = '9f1b6a52-3c1d-4e8a-9b7e-2f5d6c7b8a90';
const DATES = [
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  '2026-01-31T12:00:00.5+01:00',
  '2026-01-31 12:00',
  'soon',
];
const texts = (...values: string[]) => nearValues(values).filter((value) => typeof value === 'string');

/** Values as a client has them, before it writes them as text. */
const CASES: readonly [coercion: TextCoercion, values: fc.Arbitrary<unknown>][] = [
  [{ coercion: 'text' }, fc.string()],
  [{ coercion: 'number' }, fc.double({ noNaN: true, min: -9e15, max: 9e15 })],
  [
    { coercion: 'integer' },
    fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, min: -9, max: 9 })),
  ],
  [{ coercion: 'integer' }, fc.constantFrom(2 ** 53, -(2 ** 53), 2 ** 53 - 1, 2 ** 60)],
  [{ coercion: 'bigint' }, fc.oneof(fc.integer(), fc.constantFrom(2 ** 60, 1.5))],
  [{ coercion: 'boolean' }, fc.oneof(fc.boolean(), fc.constantFrom('yes', ''))],
  [{ coercion: 'uuid' }, texts(UUID, UUID.toUpperCase(), `urn:uuid:${UUID}`)],
  [{ coercion: 'enum', values: ['a', 'b'] }, fc.constantFrom('a', 'b', 'c', 'A')],
  [{ coercion: 'enum', values: [0, 1] }, fc.constantFrom(0, 1, 2, 0.5)],
];

describe('the schema of a text', () => {
  it.each(CASES)('agrees with its parser: %j', (coercion, values) => {
    const check = ajv.compile(mapText(coercion));
    const parse = makeTextParser(coercion);
    const property = fc.property(values, (value) => {
      expect(parse(String(value)) !== undefined).toBe(check(value));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('is as wide as the parser of dates, which knows the days of a month as well', () => {
    const check = ajv.compile(mapText({ coercion: 'date' }));
    const parse = makeTextParser({ coercion: 'date' });
    const property = fc.property(texts(...DATES), (value) => {
      expect(check(value) || parse(String(value)) === undefined).toBe(true);
    });
    fc.assert(property, { numRuns: 300 });
    expect([check('2026-01-31'), check('2026-01-31T12:00:00'), check('soon')]).toEqual([true, false, false]);
  });

  it('has the default as the value that it is', () => {
    const read = (given: Parameters<typeof mapText>[0]) => mapText(given)['default'];
    expect(read({ coercion: 'number', default: '20' })).toBe(20);
    expect(read({ coercion: 'bigint', default: '20' })).toBe(20);
    expect(read({ coercion: 'boolean', default: 'true' })).toBe(true);
    expect(read({ coercion: 'date', default: '2026-01-31' })).toBe('2026-01-31');
    expect(read({ coercion: 'integer', list: true, default: ['1', '2'] })).toEqual([1, 2]);
    expect(read({ coercion: 'text' })).toBeUndefined();
  });
});
