import { hasNoTransform } from '../src/encoded-headers';

describe('hasNoTransform', () => {
  it.each([
    'no-transform',
    'NO-Transform',
    'public, no-transform',
    'max-age=60 ,no-transform, private',
    'private="x-a, x-b", no-transform',
    'no-transform=1',
  ])('finds it in %j', (value) => {
    expect(hasNoTransform(value)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'no-store',
    'x-no-transform',
    'no-transforms',
    'no-cache="no-transform"',
    'no-cache="a\\", no-transform, b"',
  ])('does not find it in %j', (value) => {
    expect(hasNoTransform(value)).toBe(false);
  });
});
