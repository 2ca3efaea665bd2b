import { encodeChunk } from '../../../src/http/body/encode-chunk';

describe('A chunk of a stream', () => {
  it('is text or bytes', () => {
    expect(encodeChunk('ü')).toEqual(Buffer.from('ü'));
    const bytes = Uint8Array.of(1);
    expect(encodeChunk(bytes)).toBe(bytes);
  });

  it.each([[7], [{}], [null], [new ArrayBuffer(1)], [new DataView(new ArrayBuffer(1))]])(
    'is not %p',
    (chunk) => {
      expect(() => encodeChunk(chunk)).toThrow(TypeError);
    },
  );
});
