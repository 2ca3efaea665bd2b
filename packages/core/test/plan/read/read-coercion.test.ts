import { listValues, readCoercion } from '../../../src/plan/read/read-coercion';

enum Size {
  Small = 1,
  Large = 2,
}

enum Mixed {
  Number = 1,
  Text = 'text',
}
/** One of its values is the name of another member. */
enum Crossed {
  A = 'B',
  B = 5,
}

class Note {}

describe('the coercion of a type', () => {
  it.each([
    ['a type', Number, { coercion: 'number' }],
    ['a name', 'uuid', { coercion: 'uuid' }],
    ['a list', [Date], { coercion: 'date', list: true }],
  ])('is plain data for %s', (_what, type, coercion) => {
    expect(readCoercion(type)).toEqual(coercion);
  });

  it.each([
    [Note, 'Note'],
    [undefined, 'undefined'],
    [Object, 'Object'],
    [class {}, 'a class without a name'],
    [Array, 'Array'],
    [[Note], 'Note'],
    [[undefined], 'undefined'],
    [[String, Number], 'a list of several types'],
    [[], 'a list of several types'],
    ['float', 'float'],
    [null, 'null'],
  ])('is the name of %p, because text cannot become that type', (type, name) => {
    expect(readCoercion(type)).toBe(name);
  });

  it('is that of the enum, whatever the type is', () => {
    expect(readCoercion(Note, ['a', 'b'])).toEqual({ coercion: 'enum', values: ['a', 'b'] });
    expect(readCoercion(Array, Size)).toEqual({ coercion: 'enum', list: true, values: [1, 2] });
  });
});

describe('the values of an enum', () => {
  it('are without the names that TypeScript adds', () => {
    expect(listValues(Size)).toEqual([1, 2]);
    expect(listValues(Mixed)).toEqual([1, 'text']);
    expect(listValues(Crossed)).toEqual(['B', 5]);
  });
});
