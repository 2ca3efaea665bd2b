import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { signedTokens } from '../../src/token/signed-token';
import { testTokenContract } from './token-contract';

describe('a signed token', () => {
  testTokenContract(signedTokens);

  const settings = { version: 1, cookieName: 'session', identityLength: 16, secrets: [randomBytes(32)] };

  it('is readable: it hides nothing', () => {
    const claims = { createdAt: 1, issuedAt: 2, identity: randomBytes(16), payload: '{"user":"ada"}' };
    const token = signedTokens(settings).seal(claims);
    expect(Buffer.from(token, 'base64url').toString('latin1')).toContain('{"user":"ada"}');
  });

  it('is the same for the same claims', () => {
    const claims = { createdAt: 1, issuedAt: 2, identity: randomBytes(16), payload: '{}' };
    const tokens = signedTokens(settings);
    expect(tokens.seal(claims)).toBe(tokens.seal(claims));
  });

  it('is not accepted as a token of another kind, nor the other way round', () => {
    const claims = { createdAt: 1, issuedAt: 2, identity: randomBytes(16), payload: '' };
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 255 }), (version) => {
        const other = signedTokens({ ...settings, version });
        expect(other.open(signedTokens(settings).seal(claims))).toBeUndefined();
        expect(signedTokens(settings).open(other.seal(claims))).toBeUndefined();
        const relabelled = Buffer.from(other.seal(claims), 'base64url');
        relabelled[0] = 1;
        expect(signedTokens(settings).open(relabelled.toString('base64url'))).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });
});
