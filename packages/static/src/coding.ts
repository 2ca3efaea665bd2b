import { parseQualityList } from '@sluice/core/kit';

/** A content coding of files that are compressed in advance (RFC 9110 §8.4.1, RFC 7932, RFC 8878). */
export type PrecompressedCoding = 'br' | 'gzip' | 'zstd';

/** The extension of the compressed file, behind that of the original. */
export const EXTENSIONS: Readonly<Record<PrecompressedCoding, string>> = {
  br: '.br',
  gzip: '.gz',
  zstd: '.zst',
};

const MOST_REMEMBERED = 100;

/** Orders the codings that a client accepts. It remembers its answers, because browsers send the same header always. */
export class CodingChoice {
  private readonly known = new Map<string, readonly (PrecompressedCoding | undefined)[]>();

  /** @param codings in the order of the server */
  constructor(private readonly codings: readonly PrecompressedCoding[]) {}

  /** The codings for a value of Accept-Encoding, the best first. Undefined among them is the file as it is. */
  rank(accepted: string | undefined): readonly (PrecompressedCoding | undefined)[] {
    if (accepted === undefined) return PLAIN;
    const known = this.known.get(accepted);
    if (known !== undefined) return known;
    const ranked = this.makeRank(accepted);
    if (this.known.size < MOST_REMEMBERED) this.known.set(accepted, ranked);
    return ranked;
  }

  private makeRank(accepted: string): readonly (PrecompressedCoding | undefined)[] {
    const weights = new Map<string, number>();
    for (const { value, quality } of parseQualityList(accepted)) {
      const name = value === 'x-gzip' ? 'gzip' : value; // RFC 9110 §8.4.1.3
      if (!weights.has(name)) weights.set(name, quality);
    }
    const weigh = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0;
    const plain = weights.get('identity') ?? 0;
    const better = this.codings
      .filter((coding) => weigh(coding) > 0 && weigh(coding) >= plain)
      .sort((one, other) => weigh(other) - weigh(one));
    return [...better, undefined];
  }
}

const PLAIN = [undefined] as const;
