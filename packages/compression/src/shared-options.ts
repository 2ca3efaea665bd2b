import { availableParallelism } from 'node:os';
import {
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
  type Context,
  type OptionRules,
} from '@sluice/core';
import { isCompressibleType } from './compressible-type';

/** Options that `gzip` and `compression` have in common. */
export interface SharedOptions {
  /** Bytes; shorter bodies are sent as they are. Streams of unknown length count as long. Default: 500. */
  readonly minimumSize?: number | undefined;
  /** Answers whether a media type (lower case, no parameters) is worth it. Default: `isCompressibleType`. */
  readonly types?: ((mediaType: string) => boolean) | undefined;
  /** Whether `text/event-stream` is encoded too, flushed after each chunk. Default: false. */
  readonly eventStreams?: boolean | undefined;
  /** Answers true where this response must not be encoded, whatever the client accepts. Default: nowhere. */
  readonly skip?: ((context: Context) => boolean) | undefined;
  /** Bytes; longer bodies are encoded on another thread. Default: 16384. */
  readonly syncThreshold?: number | undefined;
  /** How many bodies other threads may encode at once; more wait in line. Default: the number of cores, at most 3. */
  readonly maxConcurrency?: number | undefined;
  /** How many streams may be encoded at once; more are sent as they are. Default: 100. */
  readonly maxStreams?: number | undefined;
  /** What a client gets that accepts none of the codings and forbids identity: the body all the same, or 406. Default: `identity`. */
  readonly onUnacceptable?: 'identity' | 'refuse' | undefined;
}

/** The shared options with their defaults. */
export type SharedSettings = { readonly [Name in keyof SharedOptions]-?: NonNullable<SharedOptions[Name]> };

/** The rules of the shared options, for `checkOptions`. */
export const SHARED_RULES: OptionRules = {
  minimumSize: isIntegerOption(0),
  types: isFunctionOption,
  eventStreams: isBooleanOption,
  skip: isFunctionOption,
  syncThreshold: isIntegerOption(0),
  maxConcurrency: isIntegerOption(1),
  maxStreams: isIntegerOption(0),
  onUnacceptable: isOneOfOption('identity', 'refuse'),
};

/** Fills in the defaults. */
export function resolveSharedOptions(options: SharedOptions): SharedSettings {
  return {
    minimumSize: options.minimumSize ?? 500,
    types: options.types ?? isCompressibleType,
    eventStreams: options.eventStreams ?? false,
    skip: options.skip ?? skipNothing,
    syncThreshold: options.syncThreshold ?? 16 * 1024,
    // libuv's pool has four threads: one stays free for files and names.
    maxConcurrency: options.maxConcurrency ?? Math.min(availableParallelism(), 3),
    maxStreams: options.maxStreams ?? 100,
    onUnacceptable: options.onUnacceptable ?? 'identity',
  };
}

/** The settings as the plan prints them: functions as text. */
export function describeSharedSettings(settings: SharedSettings): Readonly<Record<string, unknown>> {
  const { types, skip } = settings;
  return { ...settings, types: describeFunction(types), skip: describeFunction(skip) };
}

function describeFunction(value: { readonly name: string }): string {
  return value.name === '' ? 'function' : `function ${value.name}`;
}

function skipNothing(): boolean {
  return false;
}
