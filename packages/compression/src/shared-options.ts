import { availableParallelism } from 'node:os';
import { type Context } from '@sluice/core';
import {
  describeFunction,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
  type OptionRules,
} from '@sluice/core/kit';
import { isCompressibleType } from './compressible-type';

/** Options that `gzip` and `compression` have in common. */
export interface SharedOptions {
  /** In bytes; shorter bodies are sent as they are. Streams of unknown length count as long. Default: 500. */
  readonly minimumSize?: number | undefined;
  /** Whether to encode bodies of a media type (in lower case, without parameters). Default: `isCompressibleType`. */
  readonly types?: ((mediaType: string) => boolean) | undefined;
  /** Whether to encode `text/event-stream` too, flushed when the source pauses. Default: false. */
  readonly eventStreams?: boolean | undefined;
  /** Returns true for a response that must not be encoded, whatever the client accepts. Default: encodes all. */
  readonly skip?: ((context: Context) => boolean) | undefined;
  /** In bytes; longer bodies are encoded on another thread. Default: 16384. */
  readonly syncThreshold?: number | undefined;
  /** How many bodies are encoded on other threads at once; further ones wait. Default: the number of cores, at most 3. */
  readonly maxConcurrency?: number | undefined;
  /** How many streams are encoded at once; further ones are sent as they are. Default: 100. */
  readonly maxStreams?: number | undefined;
  /** The answer to a client that accepts neither a coding nor identity: the body as it is, or 406. Default: `identity`. */
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
    // libuv's pool has four threads: one stays free for file access and DNS look-ups.
    maxConcurrency: options.maxConcurrency ?? Math.min(availableParallelism(), 3),
    maxStreams: options.maxStreams ?? 100,
    onUnacceptable: options.onUnacceptable ?? 'identity',
  };
}

/** The settings as the plan shows them, with functions as text. */
export function describeSharedSettings(settings: SharedSettings): Readonly<Record<string, unknown>> {
  const { types, skip } = settings;
  return { ...settings, types: describeFunction(types), skip: describeFunction(skip) };
}

function skipNothing(): boolean {
  return false;
}
