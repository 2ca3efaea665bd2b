import type { OpenedToken, TokenCodec } from './token';

/** Tokens remembered by one session middleware: about 6 MB at the very most, usually far less. */
const MOST_REMEMBERED = 1000;

/** Browsers keep no cookie longer than this (RFC 6265bis §5.6), so a longer text is not one of our tokens. */
const LONGEST_TOKEN = 4096;

/** The last characters of a token belong to its MAC or tag: enough for a map key, and cheaper to hash than all of it. */
const KEY_LENGTH = 12;

interface Verified {
  readonly text: string;
  readonly opened: OpenedToken;
}

/**
 * Remembers the exact texts that were authentic, so that the next request with the same cookie computes no MAC.
 * Failures are never remembered, and ages are not checked here. Beyond `most`, the oldest entry is dropped.
 */
export function rememberTokens(codec: TokenCodec, most = MOST_REMEMBERED): TokenCodec {
  const verified = new Map<string, Verified>();
  return {
    seal: (claims) => codec.seal(claims),
    open(text) {
      const key = text.slice(-KEY_LENGTH);
      const known = verified.get(key);
      if (known !== undefined && known.text === text) return known.opened;
      if (text.length > LONGEST_TOKEN) return undefined;
      const opened = codec.open(text);
      if (opened === undefined) return undefined;
      if (verified.size >= most) verified.delete(verified.keys().next().value!);
      verified.set(key, { text, opened });
      return opened;
    },
  };
}
