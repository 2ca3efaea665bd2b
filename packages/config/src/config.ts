import type { Class, MaybePromise, TypedToken } from '@sluice/core';
import { checkConfigOptions, type ConfigOptions, type TokenOptions } from './config-options';
import { loadSettings, type ConfigTarget } from './load-settings';

/** A provider of settings. */
export interface ConfigProvider<Name, Settings> {
  readonly token: Name;
  readonly useFactory: () => MaybePromise<Readonly<Settings>>;
}

/**
 * Makes a provider of settings from the environment: of a class, by which they are injected, or of a schema, by a token.
 * `createApp` reads and checks the variables, and reports every problem together with its own.
 *
 * @throws ConfigurationError if an option is unknown or invalid
 * @example createApp({ providers: [config(Settings)] })
 */
export function config<T extends object>(
  type: Class<T>,
  options?: ConfigOptions,
): ConfigProvider<Class<T>, T>;
export function config<Wanted extends object, Output extends Wanted>(
  options: TokenOptions<Wanted, Output>,
): ConfigProvider<TypedToken<Wanted>, Output>;
export function config(target: ConfigTarget, options: ConfigOptions = {}): ConfigProvider<unknown, object> {
  checkConfigOptions('config', target, options);
  const token = typeof target === 'function' ? target : target.token;
  return { token, useFactory: () => loadSettings(target, options) };
}
