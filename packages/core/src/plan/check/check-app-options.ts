import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
  type OptionRule,
} from '../../configuration/check-options';
import { findTrustFault } from '../../http/proxy/trusted-proxies';
import { ConfigurationError } from '../../configuration/configuration-error';
import { isParameterOverride } from '../override';
import { makeVersioningRules } from './versioning-rules';

/** Checks the options of `createApp`, before anything is looked at more closely. Throws ConfigurationError. */
export function checkAppOptions(options: object): void {
  checkOptions('createApp', options, APP_RULES);
  const { validation } = options as { readonly validation?: object };
  if (validation !== undefined) checkOptions('createApp.validation', validation, VALIDATION_RULES);
  const { versioning } = options as { readonly versioning?: { readonly type?: unknown } | null };
  if (versioning !== undefined)
    checkOptions('createApp.versioning', versioning, makeVersioningRules(versioning?.type));
  const given = options as Readonly<Record<string, unknown>>;
  if (given['proxyHeaders'] !== undefined && given['trustProxy'] === undefined)
    throw new ConfigurationError([
      invalidOption('createApp()', 'proxyHeaders', 'is of use only with trustProxy: no proxy is believed'),
    ]);
  if (given['container'] === undefined) return;
  const fault = 'can not be given together with a container: give them to the container';
  const overrides = given['overrides'] as readonly unknown[] | undefined;
  const hasOverrides = overrides?.some((one) => !isParameterOverride(one)) ?? false;
  const both = [
    ...(given['providers'] === undefined ? [] : ['providers']),
    ...(hasOverrides ? ['overrides'] : []),
  ];
  if (both.length > 0)
    throw new ConfigurationError(both.map((name) => invalidOption('createApp()', name, fault)));
}

const isList: OptionRule = (value) => (Array.isArray(value) ? undefined : 'must be a list');
const isPathOption: OptionRule = (value) =>
  typeof value === 'string' && /^(?:\/[A-Za-z0-9\-._~!$&'()+,;=@%]+)+$/.test(value)
    ? undefined
    : "must be a path as in '/api', without a slash at its end";
const hasMethods =
  (...names: readonly string[]): OptionRule =>
  (value) =>
    names.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function')
      ? undefined
      : `must have the methods ${names.join(', ')}`;

const APP_RULES: Readonly<Record<string, OptionRule>> = {
  controllers: isList,
  routes: isList,
  middleware: isList,
  prefix: isPathOption,
  basePath: isPathOption,
  versioning: () => undefined,
  providers: isList,
  overrides: isList,
  onStart: isFunctionOption,
  onStop: isFunctionOption,
  container: hasMethods('resolve'),
  errorHandlers: isList,
  formatError: isFunctionOption,
  validation: () => undefined,
  trustProxy: findTrustFault,
  proxyHeaders: isOneOfOption('x-forwarded', 'forwarded'),
  bodyLimit: isIntegerOption(0),
  logger: hasMethods('info', 'warn', 'error'),
  development: isBooleanOption,
  traceRejections: isBooleanOption,
  hideEngineHeader: isBooleanOption,
};

const VALIDATION_RULES: Readonly<Record<string, OptionRule>> = {
  unknownKeys: isOneOfOption('refuse', 'strip'),
};
