import type { OpenedToken, TokenCodec } from './token';

/** How many tokens one session middleware remembers: at most some 6 MB, usually far less. */
const MOST_REMEMBERED = 1000;

/** A longer text is no token of ours: no browser keeps such a cookie (RFC 6265bis §5.6). */
const LONGEST_TOKEN = 4096;

/** The end of a token is the end of its MAC: enough to find it by, and cheaper to hash than all of it. */
const KEY_LENGTH = 12;

interface Verified {
  readonly text: string;
  readonly opened: OpenedToken;
}

/**
 * Remembers which exact texts were found authentic, so that the next request with the same cookie computes no
 * MAC. Failures are never remembered, and ages are not looked at here. Beyond `most` the oldest is forgotten.
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
