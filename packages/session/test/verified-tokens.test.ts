import type { OpenedToken, TokenCodec } from '../src/token';
import { rememberTokens } from '../src/verified-tokens';

const OPENED: OpenedToken = {
  createdAt: 1,
  issuedAt: 2,
  identity: new Uint8Array(16),
  payload: '{}',
  isOldKey: false,
};

function countingCodec(): TokenCodec & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    seal: () => 'sealed',
    open(text) {
      asked.push(text);
      return text.startsWith('good') ? OPENED : undefined;
    },
  };
}

describe('remembering verified tokens', () => {
  it('verifies one exact text once', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    expect([tokens.open('good1'), tokens.open('good1'), tokens.open('good1')]).toEqual([
      OPENED,
      OPENED,
      OPENED,
    ]);
    expect(codec.asked).toEqual(['good1']);
  });

  it('takes no other text for it', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    tokens.open('good1');
    tokens.open('good1 ');
    tokens.open('GOOD1');
    expect(codec.asked).toEqual(['good1', 'good1 ', 'GOOD1']);
  });

  it('takes no other text that ends alike for it', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    const end = '0123456789abcdef';
    expect(tokens.open(`good${end}`)).toBe(OPENED);
    expect(tokens.open(`forged${end}`)).toBeUndefined();
    expect(tokens.open(`good${end}`)).toBe(OPENED);
    expect(codec.asked).toEqual([`good${end}`, `forged${end}`]);
  });

  it('never remembers a failure', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    tokens.open('bad');
    tokens.open('bad');
    expect(codec.asked).toEqual(['bad', 'bad']);
  });

  it('keeps no more than its bound', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec, 2);
    for (const text of ['good1', 'good2', 'good3', 'good3', 'good2', 'good1']) tokens.open(text);
    expect(codec.asked).toEqual(['good1', 'good2', 'good3', 'good1']);
  });

  it('does not even try a text that no browser would keep', () => {
    const codec = countingCodec();
    expect(rememberTokens(codec).open('good'.padEnd(4097, 'x'))).toBeUndefined();
    expect(codec.asked).toEqual([]);
  });

  it('seals as ever', () => {
    expect(rememberTokens(countingCodec()).seal(OPENED)).toBe('sealed');
  });
});
