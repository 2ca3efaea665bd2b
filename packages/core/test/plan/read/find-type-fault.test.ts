import { BUILT_IN_TYPES } from '../../../src/metadata/built-in-types';
import { findTypeFault } from '../../../src/plan/read/find-type-fault';

class Note {
  text!: string;
}

const body = { index: 0, kind: 'body', name: 'body' } as const;

describe('the type of a body', () => {
  it.each([String, Uint8Array, Buffer, Note])('may be %p', (type) => {
    expect(findTypeFault(body, type)).toBeUndefined();
  });

  it.each([undefined, ...BUILT_IN_TYPES].filter((type) => type !== String))(
    'may not be %p, because nothing would check it',
    (type) => {
      expect(findTypeFault(body, type)).toBeDefined();
      expect(findTypeFault({ index: 0, kind: 'form', name: 'form' }, type)).toBeDefined();
    },
  );

  it.each(['json', 'form'] as const)('may not be a built-in one because the format is %s', (format) => {
    const faults = [undefined, ...BUILT_IN_TYPES].map((type) => findTypeFault({ ...body, format }, type));
    expect(faults.filter((fault) => fault === undefined)).toEqual([]);
  });

  it.each([undefined, ...BUILT_IN_TYPES])('may be %p where nothing is to be checked', (type) => {
    expect(findTypeFault({ ...body, unchecked: true }, type)).toBeUndefined();
    expect(findTypeFault({ ...body, unchecked: true, format: 'json' }, type)).toBeUndefined();
  });

  it('is reported with a cure', () => {
    expect(findTypeFault(body, Number)).toEqual({
      code: 'PARAMETER_TYPE_UNKNOWN',
      fault: 'Nothing checks that the JSON body is a Number.',
      cure: 'Take it as a property of a class with rules. To take it unchecked, write @Body({ validate: false }).',
    });
  });
});
