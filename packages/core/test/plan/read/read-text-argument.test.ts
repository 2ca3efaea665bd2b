import { Problems } from '../../../src/configuration/problems';
import type { ParameterRecord } from '../../../src/metadata/records';
import { isText, readTextArgument } from '../../../src/plan/read/read-text-argument';

function read(more: Partial<ParameterRecord>, type: unknown) {
  const problems = new Problems();
  const record: ParameterRecord = { index: 0, kind: 'query', name: 'q', ...more };
  return { argument: readTextArgument(record, type, 'X.list, parameter 0', problems), problems };
}

describe('an argument that is one text', () => {
  it('has its default as text, so that it is parsed like a text of the request', () => {
    const day = new Date('2026-01-31');
    expect(read({ options: { default: day } }, Date).argument).toEqual({
      coercion: 'date',
      default: '2026-01-31T00:00:00.000Z',
    });
    expect(read({ options: { default: [1, 2] as never } }, [Number]).argument).toEqual({
      coercion: 'number',
      list: true,
      default: ['1', '2'],
    });
    expect(read({ options: { default: false } }, Boolean).problems.list()).toEqual([]);
  });

  it.each([
    ['header', 'user agent'],
    ['header', ''],
    ['header', ':path'],
    ['header', 'naïve'],
    ['cookie', ''],
    ['cookie', 'a;b'],
    ['cookie', 'a=b'],
    ['cookie', ' theme'],
    ['cookie', 'theme '],
    ['cookie', 'a\nb'],
  ] as const)('has a name that a request can have: not the %s %j', (kind, name) => {
    expect(read({ kind, name }, String).problems.list()).toMatchObject([
      {
        code: 'OPTION_INVALID',
        place: 'X.list, parameter 0',
        fault: `${JSON.stringify(name)} is not a name of a ${kind}, so no request has it.`,
      },
    ]);
  });

  it.each([
    ['header', 'Accept-Language'],
    ['header', "!#$%&'*+-.^_`|~1"],
    ['cookie', '__Host-session.sig'],
    ['cookie', 'cart[0]: é'],
    ['query', ' a;b= '],
    ['field', ''],
  ] as const)('may have the name that a request can have: the %s %j', (kind, name) => {
    expect(read({ kind, name }, String).problems.list()).toEqual([]);
  });

  it('may be required', () => {
    expect(read({ options: { required: true } }, String).argument).toEqual({
      coercion: 'text',
      required: true,
    });
    expect(read({ options: { required: false } }, String).argument).toEqual({ coercion: 'text' });
  });

  it.each(['query', 'field'] as const)('may be a list in a %s', (kind) => {
    expect(read({ kind }, [String]).problems.list()).toEqual([]);
  });

  it.each(['param', 'header', 'cookie'] as const)('may not be a list in a %s', (kind) => {
    expect(read({ kind }, [String]).problems.list()).toMatchObject([{ code: 'PARAMETER_TYPE_UNKNOWN' }]);
  });

  it('is read as text after a problem, which is reported once and with its place', () => {
    const { argument, problems } = read({ options: { required: 'yes' as never } }, class Note {});
    expect(argument).toEqual({ coercion: 'text' });
    expect(problems.list()).toMatchObject([{ code: 'OPTION_INVALID', place: 'X.list, parameter 0' }]);
  });

  it.each([
    ['integer', ['a'], 'enum does not fit the type: each value must be a whole number.'],
    [Number, { Small: 'small' }, 'enum does not fit the type: each value must be a number.'],
    [[Date], ['2026-01-31'], 'enum does not fit the type: each value must be a date'],
    [class Note {}, ['a'], 'enum cannot be beside the type Note.'],
  ])('has values of the type that is named beside them: %p and %p', (type, values, fault) => {
    const { problems } = read({ type, options: { enum: values } }, type);
    expect(problems.list()).toMatchObject([
      {
        code: 'OPTION_INVALID',
        place: 'X.list, parameter 0',
        fault: expect.stringContaining(fault) as unknown,
      },
    ]);
  });

  it('takes a type that is that of its values', () => {
    const given = [
      [String, ['a']],
      [[String], ['a']],
      ['integer', { Small: 1, 1: 'Small' }],
    ] as const;
    for (const [type, values] of given)
      expect(read({ type, options: { enum: values } }, type).problems.list()).toEqual([]);
  });

  it('has a type of items that fits the default', () => {
    const { problems } = read({ options: { default: ['one'] as never } }, [Number]);
    expect(problems.list()).toMatchObject([
      { fault: 'default must be a list, and each item must be a number.' },
    ]);
  });
});

describe('isText', () => {
  it('is true for one text of the request', () => {
    const kinds = ['param', 'query', 'header', 'cookie', 'field', 'body', 'file', 'context'] as const;
    const texts = kinds.filter((kind) => isText({ index: 0, kind, name: 'a' }));
    expect(texts).toEqual(['param', 'query', 'header', 'cookie', 'field']);
    expect(isText({ index: 0, kind: 'query', name: 'query', whole: true })).toBe(false);
  });
});
