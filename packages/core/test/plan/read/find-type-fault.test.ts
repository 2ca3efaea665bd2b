import { BUILT_IN_TYPES } from '../../../src/metadata/built-in-types';
import { findTypeFault } from '../../../src/plan/read/find-type-fault';

class Note {
  text!: string;
}

const body = { index: 0, kind: 'body', name: 'body' } as const;

describe('the type of a body', () => {
  it.each([Object, String, Uint8Array, Buffer, Note, undefined])('may be %p', (type) => {
    expect(findTypeFault(body, type)).toBeUndefined();
  });

  it.each([...BUILT_IN_TYPES].filter((type) => type !== Object && type !== String))(
    'may not be %p, because nothing would check it',
    (type) => {
      expect(findTypeFault(body, type)).toBeDefined();
    },
  );

  it.each([Array, Number])('may be %p when the format is given', (type) => {
    expect(findTypeFault({ ...body, format: 'json' }, type)).toBeUndefined();
  });

  it('is reported with a cure', () => {
    expect(findTypeFault(body, Number)).toEqual({
      fault: 'Nothing checks that the JSON body is a Number.',
      cure: 'Take it as a property of a class with rules; or give the parameter the type unknown, and check it yourself.',
    });
  });
});
