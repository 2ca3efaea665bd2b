import { afterwards, type Middleware } from '@sluice/core';
import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import { makeResponseCompressor } from './compress-response';
import { makeGzipCoding } from './gzip-coding';
import {
  describeSharedSettings,
  resolveSharedOptions,
  SHARED_RULES,
  type SharedOptions,
} from './shared-options';

/** Options of `gzip`. */
export interface GzipOptions extends SharedOptions {
  /** 1 (fastest) to 9 (smallest). Default: 9; 6 takes far less time for nearly the same size. */
  readonly compressLevel?: number | undefined;
}

/**
 * Encodes responses with gzip for clients that accept it (RFC 9110 §12.5.3).
 *
 * @throws ConfigurationError for options that are unknown or unusable
 * @example gzip({ minimumSize: 500, compressLevel: 6 })
 */
export function gzip(options: GzipOptions = {}): Middleware {
  checkOptions('gzip', options, { ...SHARED_RULES, compressLevel: isIntegerOption(1, 9) });
  const settings = resolveSharedOptions(options);
  const compressLevel = options.compressLevel ?? 9;
  const compress = makeResponseCompressor(settings, [makeGzipCoding(compressLevel)]);
  return {
    name: 'gzip',
    layer: 'compress',
    outside: 'etag',
    options: Object.freeze({ compressLevel, ...describeSharedSettings(settings) }),
    handle: (context, next) => afterwards(next(), () => compress(context)),
  };
}
