import { randomBytes } from 'node:crypto';
import { encryptedTokens } from '../../src/token/encrypted-token';
import { testTokenContract } from './token-contract';

describe('an encrypted token', () => {
  testTokenContract(encryptedTokens);

  const settings = { version: 2, cookieName: 'session', identityLength: 16, secrets: [randomBytes(32)] };
  const claims = { createdAt: 1, issuedAt: 2, identity: randomBytes(16), payload: '{"user":"ada"}' };

  it('hides its claims', () => {
    const bytes = Buffer.from(encryptedTokens(settings).seal(claims), 'base64url');
    expect(bytes.toString('latin1')).not.toContain('user');
    expect(bytes.includes(claims.identity)).toBe(false);
  });

  it('never uses an initialisation vector twice', () => {
    const tokens = encryptedTokens(settings);
    const vectors = Array.from({ length: 200 }, () =>
      Buffer.from(tokens.seal(claims), 'base64url').subarray(1, 13).toString('hex'),
    );
    expect(new Set(vectors).size).toBe(200);
  });
});
