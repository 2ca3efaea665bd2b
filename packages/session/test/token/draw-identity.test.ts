import { drawIdentity } from '../../src/token/draw-identity';

describe('drawIdentity', () => {
  it('draws bytes of the length, and never the same ones again', () => {
    const drawn = Array.from({ length: 2000 }, (_, index) => drawIdentity(index % 2 === 0 ? 16 : 32));
    expect(new Set(drawn.map((bytes) => bytes.length))).toEqual(new Set([16, 32]));
    expect(new Set(drawn.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(drawn.length);
  });

  it('hands out memory of its own', () => {
    const first = drawIdentity(16);
    const copy = Uint8Array.from(first);
    for (let count = 0; count < 600; count++) drawIdentity(16);
    expect(first).toEqual(copy);
    expect(first.buffer.byteLength).toBe(16);
  });
});
