import { App } from './app';
import { AppLife } from './app-life';
import type { AppOptions } from './app-options';
import { Problems } from '../configuration/problems';
import { checkAppOptions } from '../plan/check/check-app-options';
import { guardLogger } from '../http/logger';
import type { CheckedOverrides, CheckedProviders } from '../container/checked-providers';
import type { InstanceSource, Provider } from '../container/container';
import { isParameterOverride, type ParameterOverride } from '../plan/override';
import { makeContainer } from '../container/make-container';

type Override = Provider | ParameterOverride;

/** The options, in which every provider must fit its token. */
type CheckedOptions<Providers, Overrides> = Omit<AppOptions, 'providers' | 'overrides'> & {
  /** The values behind the tokens of the container; a later one replaces an earlier one. See docs/dependencies.md. */
  readonly providers?: Providers & CheckedProviders<Providers>;
  /** For tests: replaces the values of tokens, classes and parameter decorators. See `override`. */
  readonly overrides?: Overrides & CheckedOverrides<Overrides>;
};

/**
 * Makes an application, which does not listen yet. If it fails, it disposes of everything that its container made, and
 * can be called again.
 *
 * @throws ConfigurationError with every mistake, each with its code, place, fault and cure
 * @example const app = await createApp({ controllers: [NotesController], middleware: [gzip()] });
 */
export async function createApp<
  Providers extends readonly Provider[] | [] = readonly Provider[],
  Overrides extends readonly Override[] | [] = readonly Override[],
>(given: CheckedOptions<Providers, Overrides>): Promise<App> {
  const options = given as AppOptions;
  checkAppOptions(options);
  const problems = new Problems();
  const overrides = options.overrides?.filter((one): one is Provider => !isParameterOverride(one));
  const source = makeContainer({ ...options, overrides }, problems);
  await source.makeProvided(problems);
  const { onStart, onStop } = options;
  try {
    const app: App = new App(options, source, problems.list(), {
      onStart: onStart && (() => onStart(app)),
      onStop: onStop && (() => onStop(app)),
    });
    return app;
  } catch (error) {
    if (options.container === undefined) await disposeAll(source, options);
    throw error;
  }
}

/** Nothing has started yet, so nothing is stopped. A container of the user keeps its instances for the next attempt. */
async function disposeAll(source: InstanceSource, { logger = console }: AppOptions): Promise<void> {
  const life = new AppLife(source, guardLogger(logger), { onStart: undefined, onStop: undefined });
  await life.stop(DISPOSE_TIMEOUT_MS);
}

const DISPOSE_TIMEOUT_MS = 10_000;
