import { App } from './app';
import type { AppOptions } from './app-options';
import { Problems } from '../configuration/problems';
import { checkAppOptions } from '../plan/check/check-app-options';
import type { Provider } from '../container/container';
import { isParameterOverride } from '../plan/override';
import { makeContainer } from '../container/make-container';

/**
 * Makes an application. Nothing listens yet.
 *
 * @throws ConfigurationError listing every mistake there is, each with code, place, fault and cure
 * @example const app = await createApp({ controllers: [NotesController], middleware: [gzip()] });
 */
export async function createApp(options: AppOptions): Promise<App> {
  checkAppOptions(options);
  const problems = new Problems();
  const overrides = options.overrides?.filter((one): one is Provider => !isParameterOverride(one));
  const source = makeContainer({ ...options, overrides }, problems);
  await source.makeProvided(problems);
  return new App(options, source, problems.list());
}
