import {
  checkOptions,
  hasMethodsOption,
  invalidOption,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isListOption,
  isOneOfOption,
  type OptionRule,
} from '../../configuration/check-options';
import { findTrustFault } from '../../http/proxy/trusted-proxies';
import { VERSION_SEGMENT } from '../../routing/place-version';
import { Problems } from '../../configuration/problems';
import { isParameterOverride } from '../override';
import { makeVersioningRules } from './versioning-rules';

/** Checks the options of `createApp`. Throws ConfigurationError. */
export function checkAppOptions(options: object): void {
  checkOptions('createApp', options, APP_RULES);
  const given = options as GivenOptions;
  const { type } = Object(given['versioning']) as { readonly type?: unknown };
  const inner = {
    validation: VALIDATION_RULES,
    json: JSON_RULES,
    background: BACKGROUND_RULES,
    versioning: makeVersioningRules(type),
  };
  for (const [name, rules] of Object.entries(inner))
    if (given[name] !== undefined) checkOptions('createApp', given[name], rules, `createApp(), ${name}`);
  checkContradictions(given);
}

/** Reports options that exclude each other. */
function checkContradictions({ proxyHeaders, trustProxy, container, ...given }: GivenOptions): void {
  const place = 'createApp()';
  const problems = new Problems();
  if (proxyHeaders !== undefined && trustProxy === undefined) {
    const fault = 'has no effect without trustProxy, because no proxy is trusted';
    problems.include(invalidOption(place, 'proxyHeaders', fault));
  }
  const { providers, overrides = [], versioning, prefix } = given;
  if (JSON.stringify(prefix ?? '').includes(VERSION_SEGMENT) && !hasPathVersions(versioning)) {
    const fault = "has {version}, but versioning is not { type: 'path' }";
    problems.include(invalidOption(place, 'prefix', fault));
  }
  const replaced = (overrides as readonly unknown[]).filter((one) => !isParameterOverride(one));
  if (container !== undefined) {
    const fault = 'cannot be combined with container: register them in the container instead';
    if (providers !== undefined) problems.include(invalidOption(place, 'providers', fault));
    if (replaced.length > 0) problems.include(invalidOption(place, 'overrides', fault));
  }
  problems.throwIfAny();
}

function hasPathVersions(versioning: unknown): boolean {
  return (versioning as { readonly type?: unknown } | undefined)?.type === 'path';
}

type GivenOptions = Readonly<Record<string, unknown>>;

const isWordList: OptionRule = (value) =>
  Array.isArray(value) && value.every((word) => typeof word === 'string')
    ? undefined
    : 'must be a list of names';
const isPathOption: OptionRule = (value) =>
  typeof value === 'string' && /^(?:\/[A-Za-z0-9\-._~!$&'()+,;=@%]+)+$/.test(value)
    ? undefined
    : "must be a path such as '/api', without a slash at the end";
const isPrefixOption: OptionRule = (value) => {
  if (typeof value === 'string')
    return value === VERSION_SEGMENT ? undefined : isPathOption(value.replace(VERSION_SEGMENT, ''));
  const { path, except } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(except) || !except.every((one) => typeof one === 'string' && one.startsWith('/')))
    return "must be a path, or { path: '/api', except: ['/health'] }";
  return typeof path === 'string' ? isPrefixOption(path) : isPathOption(path);
};

const APP_RULES: Readonly<Record<string, OptionRule>> = {
  controllers: isListOption,
  routes: isListOption,
  needs: isWordList,
  middleware: isListOption,
  prefix: isPrefixOption,
  basePath: isPathOption,
  versioning: () => undefined,
  providers: isListOption,
  services: isListOption,
  overrides: isListOption,
  onStart: isFunctionOption,
  onStop: isFunctionOption,
  container: hasMethodsOption('resolve'),
  errorHandlers: isListOption,
  formatError: isFunctionOption,
  json: () => undefined,
  validation: () => undefined,
  trustProxy: findTrustFault,
  proxyHeaders: isOneOfOption('x-forwarded', 'forwarded'),
  bodyLimit: isIntegerOption(0),
  maxHeaderBytes: isIntegerOption(1024, 1_048_576),
  streamStopTimeoutMs: isIntegerOption(0, 2_147_483_647),
  background: () => undefined,
  logger: hasMethodsOption('info', 'warn', 'error'),
  development: isBooleanOption,
  traceRejections: isBooleanOption,
  engine: isOneOfOption('auto', 'uws', 'node'),
  hideEngineHeader: isBooleanOption,
};

const BACKGROUND_RULES: Readonly<Record<string, OptionRule>> = {
  concurrency: isIntegerOption(1),
  maxQueued: isIntegerOption(0),
};

const JSON_RULES: Readonly<Record<string, OptionRule>> = {
  bigint: isOneOfOption('string', 'number'),
  serialize: isFunctionOption,
};

const VALIDATION_RULES: Readonly<Record<string, OptionRule>> = {
  unknownKeys: isOneOfOption('refuse', 'strip'),
};
