import { checkStreamLength } from '../../../src/http/body/body-length';

describe('checkStreamLength', () => {
  it.each<[number, boolean, number | undefined]>([
    [0, false, undefined],
    [5, true, undefined],
    [0, false, 5],
    [4, false, 5],
    [5, false, 5],
    [5, true, 5],
    [0, true, 0],
  ])('accepts %d bytes (whole: %s) for a length of %s', (bytes, isWhole, announced) => {
    expect(() => checkStreamLength(bytes, isWhole, announced)).not.toThrow();
  });

  it.each<[number, boolean, number, string]>([
    [6, false, 5, 'The stream has at least 6 bytes, but its Content-Length is 5.'],
    [6, true, 5, 'The stream has at least 6 bytes, but its Content-Length is 5.'],
    [4, true, 5, 'The stream ended after 4 bytes, but its Content-Length is 5.'],
    [1, false, 0, 'The stream has at least 1 bytes, but its Content-Length is 0.'],
  ])('refuses %d bytes (whole: %s) for a length of %d', (bytes, isWhole, announced, message) => {
    expect(() => checkStreamLength(bytes, isWhole, announced)).toThrow(new RangeError(message));
  });
});
