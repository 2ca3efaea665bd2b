import { ConfigurationError } from '@sluice/core';
import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import type { Limits } from './pressure';

/** Options of `underPressure`. At least one limit is required. */
export interface UnderPressureOptions extends Limits {
  /** Milliseconds between two samples of delay and memory, from 50 to 60000. Default: 500. */
  readonly sampleMs?: number;
  /** Seconds in Retry-After, from 1 to 3600. Default: 5. */
  readonly retryAfter?: number;
}

const isCount = isIntegerOption(1);

/** Throws ConfigurationError for options that are unknown or invalid, and where none of them is a limit. */
export function checkUnderPressureOptions(options: unknown): void {
  const limits = {
    maxEventLoopDelayMs: isCount,
    maxHeapBytes: isCount,
    maxRssBytes: isCount,
    maxInFlight: isCount,
  };
  checkOptions('underPressure', options, {
    ...limits,
    sampleMs: isIntegerOption(50, 60_000),
    retryAfter: isIntegerOption(1, 3600),
  });
  const given = options as Record<string, unknown>;
  if (Object.keys(limits).every((name) => given[name] === undefined))
    throw new ConfigurationError([
      {
        code: 'OPTION_MISSING',
        place: 'underPressure()',
        fault: 'It has no limit.',
        cure: `Add one of ${Object.keys(limits).join(', ')}, or leave underPressure out.`,
      },
    ]);
}
