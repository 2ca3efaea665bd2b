import { randomBytes } from 'node:crypto';
import fc from 'fast-check';

import type { TokenCodec, TokenSettings } from '../../src/token/token';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Tests the promises that signed and encrypted tokens share; call it inside a `describe`. */
export function testTokenContract(makeTokens: (settings: TokenSettings) => TokenCodec): void {
  const secret = Buffer.alloc(32, 7);
  const settings = { version: 1, cookieName: 'session', identityLength: 16, secrets: [secret] };
  const claims = {
    createdAt: 1000,
    issuedAt: 2000,
    identity: new Uint8Array(16).fill(5),
    payload: '{"user":"ada"}',
  };
  const anyClaims = fc.record({
    createdAt: fc.integer({ min: 0, max: 0xffffffff }),
    issuedAt: fc.integer({ min: 0, max: 0xffffffff }),
    identity: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    payload: fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.toWellFormed()),
  });
  const tokens = makeTokens(settings);

  it('opens to the claims that were sealed', () => {
    fc.assert(
      fc.property(anyClaims, (given) => {
        expect(tokens.open(tokens.seal(given))).toEqual({ ...given, isOldKey: false });
      }),
    );
  });

  it('keeps the place of its cookie, whatever the payload, and is no longer without one', () => {
    const place = fc.constantFrom('/a;;', '/;example.com;', '/;;partitioned', undefined);
    fc.assert(
      fc.property(anyClaims, place, fc.constantFrom('', '\0', '\0\0'), (given, at, start) => {
        const sealed = { ...given, payload: start + given.payload, place: at };
        expect(tokens.open(tokens.seal(sealed))).toEqual({ ...sealed, isOldKey: false });
      }),
    );
    expect(tokens.seal({ ...claims, place: undefined })).toHaveLength(tokens.seal(claims).length);
  });

  it('is base64url without padding, so a cookie can carry it unchanged', () => {
    fc.assert(fc.property(anyClaims, (given) => void expect(tokens.seal(given)).toMatch(/^[A-Za-z0-9_-]+$/)));
  });

  it('is rejected if any single character differs', () => {
    fc.assert(
      fc.property(anyClaims, fc.nat(), fc.constantFrom(...ALPHABET), (given, position, character) => {
        const token = tokens.seal(given);
        const index = position % token.length;
        fc.pre(token[index] !== character);
        expect(tokens.open(token.slice(0, index) + character + token.slice(index + 1))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('is rejected with any other last character, even if only unused bits differ', () => {
    for (const payload of ['', '1', '12', '123']) {
      const token = tokens.seal({ ...claims, payload });
      const accepted = [...ALPHABET].filter((last) => tokens.open(token.slice(0, -1) + last) !== undefined);
      expect(accepted).toEqual([token.at(-1)]);
    }
  });

  it('is rejected if any single bit differs', () => {
    const bytes = Buffer.from(tokens.seal(claims), 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[index]! ^= 1 << bit;
        expect(tokens.open(changed.toString('base64url'))).toBeUndefined();
      }
    }
  });

  it('is rejected if it is cut at any length, or extended', () => {
    const token = tokens.seal(claims);
    for (let length = 0; length < token.length; length++) {
      expect(tokens.open(token.slice(0, length))).toBeUndefined();
    }
    for (const more of ['A', 'AA', 'AAAA', '=', ' ', '\n', '.']) {
      expect(tokens.open(token + more)).toBeUndefined();
      expect(tokens.open(more + token)).toBeUndefined();
    }
  });

  it('is rejected in any other spelling that base64 decoders accept', () => {
    const token = tokens.seal({ ...claims, payload: '????>>>>~~~~' });
    const plain = Buffer.from(token, 'base64url').toString('base64');
    for (const spelling of [
      `${token}=`,
      `${token.slice(0, 9)}\n${token.slice(9)}`,
      `${token}%`,
      `${plain}`,
    ]) {
      if (spelling !== token) expect(tokens.open(spelling)).toBeUndefined();
    }
  });

  it('is rejected if it is random text or random bytes', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(tokens.open(text)).toBeUndefined()));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), (bytes) => {
        bytes[0] = 1;
        expect(tokens.open(Buffer.from(bytes).toString('base64url'))).toBeUndefined();
      }),
    );
  });

  it('belongs to one cookie name', () => {
    const other = makeTokens({ ...settings, cookieName: 'admin' });
    expect(other.open(tokens.seal(claims))).toBeUndefined();
    expect(tokens.open(other.seal(claims))).toBeUndefined();
  });

  it('belongs to one secret', () => {
    const other = makeTokens({ ...settings, secrets: [randomBytes(32)] });
    expect(other.open(tokens.seal(claims))).toBeUndefined();
  });

  it('is opened with every secret of the list, and marked if that is not the first', () => {
    const fresh = randomBytes(32);
    const rotated = makeTokens({ ...settings, secrets: [fresh, randomBytes(32), secret] });
    expect(rotated.open(tokens.seal(claims))).toEqual({ ...claims, isOldKey: true });
    expect(rotated.open(rotated.seal(claims))).toEqual({ ...claims, isOldKey: false });
    expect(makeTokens({ ...settings, secrets: [fresh] }).open(rotated.seal(claims))).toBeDefined();
    expect(tokens.open(rotated.seal(claims))).toBeUndefined();
  });
}
