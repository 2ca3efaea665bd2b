import { parseQualityList } from '@sluice/core/kit';
import type { ContentCoding } from './content-coding';

/** The result of one Accept-Encoding value. */
export interface CodingChoice {
  /** The coding to use; undefined to send the body as it is. */
  readonly coding: ContentCoding | undefined;
  /** Whether the client also accepts the body as it is. */
  readonly isIdentityAcceptable: boolean;
}

/**
 * Chooses the coding that a client prefers (RFC 9110 §12.5.3), and the first of `codings` among equal ones.
 * Identity wins only if it is named with a higher weight. If a name is repeated, the first one counts.
 *
 * @param codings in the server's order
 * @param accepted the value of Accept-Encoding; an empty one accepts identity only
 */
export function negotiateCoding(codings: readonly ContentCoding[], accepted: string): CodingChoice {
  const weights = new Map<string, number>();
  for (const { value, quality } of parseQualityList(accepted)) {
    const name = value === 'x-gzip' ? 'gzip' : value; // RFC 9110 §8.4.1.3
    if (!weights.has(name)) weights.set(name, quality);
  }
  const others = weights.get('*');
  const identity = weights.get('identity');
  let coding: ContentCoding | undefined;
  let best = 0;
  for (const candidate of codings) {
    const quality = weights.get(candidate.name) ?? others ?? 0;
    if (quality <= best) continue;
    best = quality;
    coding = candidate;
  }
  if (identity !== undefined && identity > best) coding = undefined;
  return { coding, isIdentityAcceptable: (identity ?? others ?? 1) > 0 };
}
