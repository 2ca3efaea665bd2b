import { ConfigurationError, isPromise, type Class } from '@sluice/core';
import { checkConfigOptions, type ConfigOptions, type SchemaOptions } from './config-options';
import { loadSettings, type ConfigTarget } from './load-settings';

/**
 * Reads the settings at once, for code that needs them before `createApp`.
 *
 * @throws ConfigurationError with every problem of the options or of the variables, and for an asynchronous rule or schema
 * @example const settings = loadConfig(Settings);
 */
export function loadConfig<T extends object>(type: Class<T>, options?: ConfigOptions): Readonly<T>;
export function loadConfig<Output extends object>(options: SchemaOptions<Output>): Readonly<Output>;
export function loadConfig(target: ConfigTarget, options: ConfigOptions = {}): object {
  checkConfigOptions('loadConfig', target, options);
  const settings = loadSettings(target, options);
  if (!isPromise(settings)) return settings;
  // Its outcome is not awaited.
  void settings.catch(() => undefined);
  throw new ConfigurationError([
    {
      code: 'OPTION_INVALID',
      place: 'loadConfig()',
      fault: 'A rule or the schema is asynchronous, and loadConfig returns at once.',
      cure: 'Use config(…) in the providers, which waits for it, or make the check synchronous.',
    },
  ]);
}
