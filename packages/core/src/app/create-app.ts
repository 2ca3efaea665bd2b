import { App } from './app';
import type { AppOptions } from './app-options';
import { Problems } from '../configuration/problems';
import { checkAppOptions } from '../plan/check/check-app-options';
import type { Provider } from '../container/container';
import { isParameterOverride } from '../plan/override';
import { makeContainer } from '../container/make-container';

/**
 * Makes an application, which does not listen yet.
 *
 * @throws ConfigurationError with every mistake, each with its code, place, fault and cure
 * @example const app = await createApp({ controllers: [NotesController], middleware: [gzip()] });
 */
export async function createApp(options: AppOptions): Promise<App> {
  checkAppOptions(options);
  const problems = new Problems();
  const overrides = options.overrides?.filter((one): one is Provider => !isParameterOverride(one));
  const source = makeContainer({ ...options, overrides }, problems);
  await source.makeProvided(problems);
  const { onStart, onStop } = options;
  const app: App = new App(options, source, problems.list(), {
    onStart: onStart && (() => onStart(app)),
    onStop: onStop && (() => onStop(app)),
  });
  return app;
}
