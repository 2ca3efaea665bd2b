import { makeBrotliCoding } from '../src/brotli-coding';
import { makeGzipCoding } from '../src/gzip-coding';
import { negotiateCoding } from '../src/negotiate-coding';

const CODINGS = [makeBrotliCoding(4), makeGzipCoding(6)];

function choose(accepted: string): string {
  const { coding, isIdentityAcceptable } = negotiateCoding(CODINGS, accepted);
  return `${coding?.name ?? 'none'}, identity ${isIdentityAcceptable ? 'accepted' : 'refused'}`;
}

describe('negotiateCoding, for a server that prefers br to gzip', () => {
  it.each([
    ['gzip', 'gzip, identity accepted'],
    ['x-gzip', 'gzip, identity accepted'],
    ['X-GZIP', 'gzip, identity accepted'],
    ['GZip', 'gzip, identity accepted'],
    ['gzip, deflate, br', 'br, identity accepted'],
    ['gzip;q=1, br;q=0.9', 'gzip, identity accepted'],
    ['gzip;q=0.5, br;q=0.5', 'br, identity accepted'],
    ['*', 'br, identity accepted'],
    ['br;q=0, *', 'gzip, identity accepted'],
    ['gzip;q=0.8, *;q=0.1', 'gzip, identity accepted'],
    ['gzip;q=0.001', 'gzip, identity accepted'],
  ])('chooses for %j: %s', (accepted, choice) => {
    expect(choose(accepted)).toBe(choice);
  });

  it.each([
    ['', 'none, identity accepted'],
    ['identity', 'none, identity accepted'],
    ['deflate', 'none, identity accepted'],
    ['notgzip, gzipped', 'none, identity accepted'],
    ['gzip;q=0', 'none, identity accepted'],
    ['gzip;q=0.000, br;q=0', 'none, identity accepted'],
    ['x-gzip;q=0', 'none, identity accepted'],
    ['gzip;q=abc', 'none, identity accepted'],
    ['gzip;q=1.5', 'none, identity accepted'],
  ])('chooses no coding for %j', (accepted, choice) => {
    expect(choose(accepted)).toBe(choice);
  });

  it('prefers identity only if it is named with a higher weight', () => {
    expect(choose('gzip;q=0.5, identity')).toBe('none, identity accepted');
    expect(choose('gzip;q=0.5, identity;q=0.5')).toBe('gzip, identity accepted');
  });

  it.each([
    ['identity;q=0, gzip', 'gzip, identity refused'],
    ['gzip, *;q=0', 'gzip, identity refused'],
    ['*;q=0', 'none, identity refused'],
    ['identity;q=0', 'none, identity refused'],
    ['deflate, identity;q=0', 'none, identity refused'],
    ['*;q=0, identity;q=0.1', 'none, identity accepted'],
    ['identity;q=0, *', 'br, identity refused'],
  ])('finds in %j whether identity is accepted: %s', (accepted, choice) => {
    expect(choose(accepted)).toBe(choice);
  });

  it('takes the first of repeated names', () => {
    expect(choose('gzip;q=0, gzip')).toBe('none, identity accepted');
    expect(choose('x-gzip, gzip;q=0')).toBe('gzip, identity accepted');
  });
});
