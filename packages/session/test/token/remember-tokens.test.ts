import type { OpenedToken, TokenCodec } from '../../src/token/token';
import { rememberTokens } from '../../src/token/remember-tokens';

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
  it('verifies the same text once', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    expect([tokens.open('good1'), tokens.open('good1'), tokens.open('good1')]).toEqual([
      OPENED,
      OPENED,
      OPENED,
    ]);
    expect(codec.asked).toEqual(['good1']);
  });

  it('verifies a text that differs in one character', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    tokens.open('good1');
    tokens.open('good1 ');
    tokens.open('GOOD1');
    expect(codec.asked).toEqual(['good1', 'good1 ', 'GOOD1']);
  });

  it('verifies a text that has only the same end', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    const end = '0123456789abcdef';
    expect(tokens.open(`good${end}`)).toBe(OPENED);
    expect(tokens.open(`forged${end}`)).toBeUndefined();
    expect(tokens.open(`good${end}`)).toBe(OPENED);
    expect(codec.asked).toEqual([`good${end}`, `forged${end}`]);
  });

  it('does not remember failures', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec);
    tokens.open('bad');
    tokens.open('bad');
    expect(codec.asked).toEqual(['bad', 'bad']);
  });

  it('drops the oldest token when it is full', () => {
    const codec = countingCodec();
    const tokens = rememberTokens(codec, 2);
    for (const text of ['good1', 'good2', 'good3', 'good3', 'good2', 'good1']) tokens.open(text);
    expect(codec.asked).toEqual(['good1', 'good2', 'good3', 'good1']);
  });

  it('does not verify a text longer than a browser keeps', () => {
    const codec = countingCodec();
    expect(rememberTokens(codec).open('good'.padEnd(4097, 'x'))).toBeUndefined();
    expect(codec.asked).toEqual([]);
  });

  it('seals with the codec', () => {
    expect(rememberTokens(countingCodec()).seal(OPENED)).toBe('sealed');
  });
});
