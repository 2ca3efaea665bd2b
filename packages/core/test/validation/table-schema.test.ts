import { Ajv2020 } from 'ajv-2020/dist/2020';
import fc from 'fast-check';
import { makeTableSchema, readTable, type UnknownFields } from '../../src/validation/table-schema';

function check(table: object, value: unknown, unknownFields: UnknownFields = 'refuse'): unknown {
  const { validate } = makeTable(table, unknownFields)['~standard'];
  const result = validate(value) as { value?: unknown; issues?: readonly { path: string[]; code: string }[] };
  return result.issues?.map(({ path, code }) => `/${path.join('/')} ${code}`) ?? result.value;
}

function makeTable(table: object, unknownFields: UnknownFields = 'refuse') {
  const faults: string[] = [];
  const fields = readTable(table, (name, fault) => faults.push(`${name}: ${fault}`));
  expect(faults).toEqual([]);
  return makeTableSchema(fields, unknownFields);
}

describe('a table of types', () => {
  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['text', ['', 'a'], [1, null, {}]],
    ['integer', [0, -3, Number.MAX_SAFE_INTEGER], [1.5, '1', 2 ** 53, Infinity, null]],
    ['number', [0, 1.5, -1e300], ['1', Infinity, NaN, null]],
    ['boolean', [true, false], ['true', 1, null]],
    [
      'uuid',
      ['6f9619ff-8b86-d011-b42d-00c04fc964ff'],
      ['6f9619ff', 1, 'urn:uuid:6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ],
  ])('has values of the type %s, which are not converted', (type, right, wrong) => {
    for (const value of right) expect(check({ a: type }, { a: value })).toEqual({ a: value });
    for (const value of wrong) expect(check({ a: type }, { a: value })).toEqual([`/a ${type}`]);
  });

  it('needs each field that is not optional and has no default', () => {
    const table = {
      a: 'text',
      b: 'text?',
      c: { type: 'integer', default: 3 },
      d: { type: 'text', required: false },
    };
    expect(check(table, {})).toEqual(['/a required']);
    expect(check(table, { a: 'x' })).toEqual({ a: 'x', c: 3 });
    expect(check(table, Object.create({ a: 'inherited' }))).toEqual(['/a required']);
  });

  it('has lists, whose items are each checked', () => {
    expect(check({ a: ['integer'] }, { a: [1, 'x', 2.5] })).toEqual(['/a/1 integer', '/a/2 integer']);
    expect(check({ a: ['integer'] }, { a: 1 })).toEqual(['/a array']);
    expect(check({ a: ['integer'] }, {})).toEqual(['/a required']);
    expect(check({ a: { type: ['integer'], required: false } }, {})).toEqual({ a: [] });
  });

  it('has choices', () => {
    expect(check({ a: { enum: ['x', 'y'] } }, { a: 'z' })).toEqual(['/a enum']);
    expect(check({ a: { enum: ['x', 'y'], type: ['text'] } }, { a: ['y', 'x'] })).toEqual({ a: ['y', 'x'] });
  });

  it('refuses other fields, or leaves them out', () => {
    expect(check({ a: 'text' }, { a: 'x', b: 1 })).toEqual(['/b whitelistValidation']);
    expect(check({ a: 'text' }, { a: 'x', b: 1 }, 'strip')).toEqual({ a: 'x' });
    for (const value of [null, [], 'text', 5]) expect(check({ a: 'text' }, value)).toEqual(['/ object']);
  });

  it('lists a bounded number of faults', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, 1]));
    expect(check({ a: 'text?' }, many)).toHaveLength(100);
    expect(check({ a: ['text'] }, { a: Array(5000).fill(1) })).toHaveLength(100);
  });

  it('describes itself as JSON Schema', () => {
    const table = { a: 'uuid', b: ['integer'], c: { enum: ['x'], default: 'x' }, d: 'boolean?' };
    const { jsonSchema } = makeTable(table)['~standard'] as unknown as {
      jsonSchema: { input(options: object): object; output(options: object): object };
    };
    const integer = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
    expect(jsonSchema.input({ target: 'draft-2020-12' })).toEqual({
      type: 'object',
      properties: {
        a: {
          type: 'string',
          format: 'uuid',
          pattern: '^[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}$',
        },
        b: { type: 'array', items: integer },
        c: { type: 'string', enum: ['x'], default: 'x' },
        d: { type: 'boolean' },
      },
      required: ['a', 'b'],
      additionalProperties: false,
    });
    expect(jsonSchema.output({ target: 'draft-07' })).toEqual(jsonSchema.input({ target: 'draft-07' }));
  });

  it('accepts the values that its JSON Schema accepts, and no others', () => {
    const table = {
      a: 'text?',
      b: 'integer',
      c: ['number'],
      d: { enum: ['x', 'y'], default: 'x' },
      e: { type: ['uuid'], required: false },
      f: 'boolean?',
    };
    const schema = makeTable(table)['~standard'] as unknown as {
      validate(value: unknown): { issues?: unknown };
      jsonSchema: { input(options: object): object };
    };
    const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(
      schema.jsonSchema.input({ target: 'draft-2020-12' }),
    );
    const one = fc.oneof(
      fc.constantFrom<unknown>('x', 5, -0, 1.5, 2 ** 53, true, null, undefined, []),
      fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant('x')), {
        maxLength: 2,
      }),
      fc.array(fc.uuid(), { maxLength: 2 }),
    );
    const near = fc.record(
      { a: one, b: fc.oneof(fc.integer(), one), c: one, d: one, e: one, f: one, other: one },
      { requiredKeys: [] },
    );
    const seen = new Set<boolean>();
    const check = (value: unknown): void => {
      // As a client sends it.
      const sent: unknown = JSON.parse(JSON.stringify(value));
      seen.add(isValid(sent));
      expect([sent, schema.validate(sent).issues === undefined]).toEqual([sent, isValid(sent)]);
    };
    fc.assert(fc.property(fc.oneof(near, fc.jsonValue()), check), { numRuns: 1000 });
    check({ b: 1, c: [] });
    expect([...seen].sort()).toEqual([false, true]);
  });

  it('reports each field that is not a type of JSON', () => {
    const names: string[] = [];
    const table = {
      date: 'date',
      word: 'int',
      pair: ['text', 'text'],
      nested: { type: { type: 'text' } },
      none: undefined,
      choice: { enum: [] },
      chosen: { type: 'number', enum: ['1'] },
      option: { type: 'text', min: 1 },
      fallback: { type: 'integer', default: 'x' },
      fine: 'text',
    };
    const fields = readTable(table, (name) => names.push(name));
    expect(names).toEqual([
      'date',
      'word',
      'pair',
      'nested',
      'none',
      'choice',
      'chosen',
      'option',
      'fallback',
    ]);
    expect(fields.map(({ name }) => name)).toContain('fine');
  });
});
