import { IsString } from 'class-validator';
import { createParameterDecorator } from '../../../src';
import { Problems } from '../../../src/configuration/problems';
import type { AnyCustomParameter } from '../../../src/http/custom-parameter';
import type { ParameterRecord } from '../../../src/metadata/records';
import { readParameters } from '../../../src/plan/read/read-parameters';

class Note {
  @IsString() text!: string;
}

function read(records: ParameterRecord[], types?: unknown[], count = records.length) {
  const problems = new Problems();
  return {
    ...readParameters({ place: 'X.show', records, types, count }, problems),
    problems: problems.list(),
  };
}

const query = (index = 0): ParameterRecord => ({ index, kind: 'query', name: 'q' });
const body = (more: Partial<ParameterRecord> = {}): ParameterRecord => ({
  index: 0,
  kind: 'body',
  name: 'body',
  ...more,
});

describe('the arguments of a handler', () => {
  it.each([
    [String, 'text'],
    [Number, 'number'],
    [Boolean, 'boolean'],
    [BigInt, 'bigint'],
    [Date, 'date'],
    ['integer', 'integer'],
    ['uuid', 'uuid'],
  ])('have the type %p and are read as %s', (type, coercion) => {
    const { values, problems } =
      typeof type === 'string' ? read([{ ...query(), type }]) : read([query()], [type]);
    expect([values[0]!.coercion, problems]).toEqual([coercion, []]);
  });

  it('have the type in the decorator rather than the emitted one', () => {
    expect(read([{ ...query(), type: Number }], [Object]).values[0]!.coercion).toBe('number');
    expect(read([{ ...query(), type: Number }]).problems).toEqual([]);
  });

  it('may have the same name', () => {
    expect(read([query(1), query(0)], [String, Number]).values.map(({ coercion }) => coercion)).toEqual([
      'text',
      'number',
    ]);
  });

  it('keep their positions after one with a problem', () => {
    const wholePath: ParameterRecord = { index: 1, kind: 'param', name: 'param', whole: true };
    const { values, problems } = read([wholePath, query(2)], [String, Object, Number], 3);
    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['PARAMETER_UNDECORATED', 'X.show, parameter 0'],
      ['PARAMETER_TYPE_LOST', 'X.show, parameter 1'],
    ]);
    expect(values.map(({ kind }) => kind)).toEqual(['context', 'context', 'query']);
  });

  it('keep the function that reads a custom parameter', () => {
    const parameter = createParameterDecorator('User', () => 1) as AnyCustomParameter;
    const how = Object.assign(() => 1, { parameter, data: undefined });
    const record: ParameterRecord = { index: 0, kind: 'custom', name: 'User', read: how };
    expect(read([record]).values).toMatchObject([{ kind: 'custom', name: 'User', read: how }]);
    expect(read([record]).problems).toEqual([]);
  });
});

describe('the body', () => {
  const TEXT = { key: 'text', name: 'text', coercion: { coercion: 'text' } };

  it.each([
    [{}, String, { format: 'text', type: undefined }],
    [{}, Uint8Array, { format: 'bytes', type: undefined }],
    [{}, Buffer, { format: 'bytes', type: undefined }],
    [{ unchecked: true as const }, Object, { format: 'json', type: undefined }],
    [{ unchecked: true as const }, Note, { format: 'json', type: undefined }],
    [{ unchecked: true as const }, String, { format: 'text', type: undefined }],
    [{ format: 'json' as const, unchecked: true as const }, Array, { format: 'json', type: undefined }],
    [{ format: 'form' as const, unchecked: true as const }, Note, { format: 'form', type: undefined }],
    [{}, Note, { format: 'json', type: Note }],
    [{ type: Note }, Object, { format: 'json', type: Note }],
    [{ format: 'form' as const }, Note, { format: 'form', type: Note, properties: [TEXT] }],
    [{ format: 'text' as const }, Object, { format: 'text', type: undefined }],
    [{ format: 'bytes' as const }, Object, { format: 'bytes', type: undefined }],
  ])('%j of type %p has the right format and check', (more, type, definition) => {
    const result = read([body(more)], [type]);
    expect([result.body, result.problems]).toEqual([definition, []]);
  });

  it('may be taken twice in the same way', () => {
    const twice = [body({ type: Note }), body({ type: Note, index: 1 })];
    expect(read(twice).problems).toEqual([]);
  });

  it('may not be taken in another way by any parameter', () => {
    const three = [body({ type: Note }), body({ type: Note, index: 1 }), body({ format: 'text', index: 2 })];
    expect(read(three).problems).toMatchObject([{ code: 'BODY_TWICE', place: 'X.show' }]);
  });
});
