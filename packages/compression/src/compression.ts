import { afterwards, ConfigurationError, type Middleware } from '@sluice/core';
import { checkOptions, isIntegerOption, type OptionRule } from '@sluice/core/kit';
import { makeBrotliCoding } from './brotli-coding';
import { makeResponseCompressor } from './compress-response';
import type { CodingName, ContentCoding } from './content-coding';
import { makeGzipCoding } from './gzip-coding';
import {
  describeSharedSettings,
  resolveSharedOptions,
  SHARED_RULES,
  type SharedOptions,
} from './shared-options';
import { hasZstd, makeZstdCoding } from './zstd-coding';

/** Options of `compression`. */
export interface CompressionOptions extends SharedOptions {
  /** The codings to offer; if a client accepts several equally, the first is used. Default: zstd (if Node has it), br, gzip. */
  readonly encodings?: readonly CodingName[] | undefined;
  /** The level of each coding: zstd 1–19, br 0–11, gzip 1–9. Default: zstd 3, br 4, gzip 6. */
  readonly levels?: Readonly<Partial<Record<CodingName, number>>> | undefined;
}

const MAKERS: Readonly<Record<CodingName, (level: number) => ContentCoding>> = {
  zstd: makeZstdCoding,
  br: makeBrotliCoding,
  gzip: makeGzipCoding,
};
const LEVEL_RULES: Readonly<Record<CodingName, OptionRule>> = {
  zstd: isIntegerOption(1, 19),
  br: isIntegerOption(0, 11),
  gzip: isIntegerOption(1, 9),
};
const DEFAULT_LEVELS: Readonly<Record<CodingName, number>> = { zstd: 3, br: 4, gzip: 6 };
const NAMES = Object.keys(MAKERS) as CodingName[];

/**
 * Encodes responses with Zstandard, Brotli or gzip, whichever the client prefers (RFC 9110 §12.5.3).
 *
 * @throws ConfigurationError for options that are unknown or unusable, and for `zstd` in `encodings` if Node lacks it
 * @example compression({ encodings: ['br', 'gzip'], levels: { br: 5 } })
 */
export function compression(options: CompressionOptions = {}): Middleware {
  checkOptions('compression', options, { ...SHARED_RULES, encodings: checkEncodings, levels: checkLevels });
  if (options.encodings?.includes('zstd')) checkZstd();
  const encodings = options.encodings ?? NAMES.filter((name) => name !== 'zstd' || hasZstd());
  const settings = resolveSharedOptions(options);
  const levels = encodings.map((name) => [name, options.levels?.[name] ?? DEFAULT_LEVELS[name]] as const);
  const codings = levels.map(([name, level]) => MAKERS[name](level));
  const compress = makeResponseCompressor(settings, codings);
  return {
    name: 'compression',
    layer: 'compress',
    outside: 'etag',
    options: Object.freeze({
      encodings: [...encodings],
      levels: Object.fromEntries(levels),
      ...describeSharedSettings(settings),
    }),
    handle: (context, next) => afterwards(next(), () => compress(context)),
  };
}

function checkEncodings(value: unknown): string | undefined {
  const isList =
    Array.isArray(value) && value.length > 0 && value.every((name) => NAMES.includes(name as CodingName));
  if (!isList) return `must be a list of at least one of ${NAMES.join(', ')}`;
  return new Set(value).size === value.length ? undefined : 'must name each coding once';
}

function checkLevels(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'must be an object: { br: 4, gzip: 6 }';
  for (const [name, level] of Object.entries(value)) {
    if (!Object.hasOwn(LEVEL_RULES, name))
      return `has the unknown coding ${JSON.stringify(name)}; known are ${NAMES.join(', ')}`;
    const fault = level === undefined ? undefined : LEVEL_RULES[name as CodingName](level);
    if (fault !== undefined) return `has a wrong level: ${name} ${fault}`;
  }
  return undefined;
}

function checkZstd(): void {
  if (hasZstd()) return;
  throw new ConfigurationError([
    {
      code: 'OPTION_INVALID',
      place: 'compression()',
      fault: `encodings has "zstd", but this Node (${process.version}) comes without Zstandard.`,
      cure: 'Run Node 22.15, 23.8 or newer, or remove "zstd". By default it is used if Node has it.',
    },
  ]);
}
