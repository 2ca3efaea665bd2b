import { LRUCache } from 'lru-cache';
import type { OpenedToken, TokenCodec } from './token';

/** How many tokens one session middleware remembers: at most some 6 MB, usually far less. */
export const MOST_REMEMBERED = 1000;

/** A longer text is no token of ours: no browser keeps such a cookie (RFC 6265bis §5.6). */
const LONGEST_TOKEN = 4096;

/**
 * Remembers which exact texts were found authentic, so that the next request with the same cookie computes no
 * MAC. Failures are never remembered, and ages are not looked at here.
 */
export function rememberTokens(codec: TokenCodec, most = MOST_REMEMBERED): TokenCodec {
  const verified = new LRUCache<string, OpenedToken>({ max: most });
  return {
    seal: (claims) => codec.seal(claims),
    open(text) {
      const known = verified.get(text);
      if (known !== undefined) return known;
      if (text.length > LONGEST_TOKEN) return undefined;
      const opened = codec.open(text);
      if (opened !== undefined) verified.set(text, opened);
      return opened;
    },
  };
}
