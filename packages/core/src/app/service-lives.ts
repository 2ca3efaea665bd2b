import { describeWorker } from '../configuration/worker-info';
import type { Life } from '../plan/read/read-life';
import type { ServiceApp } from '../plan/work/service';
import type { AppParts } from './app-parts';
import { isDevelopment } from './is-development';

/** How the services of an application start and stop. */
export function listServiceLives({ settings, source, state, logger }: AppParts): Life[] {
  const app: ServiceApp = {
    logger,
    state,
    worker: describeWorker(),
    development: isDevelopment(settings),
    get: (token) => source.resolve(token),
  };
  return (settings.services ?? []).map((service) => {
    const place = `The service ${JSON.stringify(service.name)}`;
    return {
      starts: [{ place, run: () => service.start?.(app) }],
      stops: [{ place, run: (deadline) => service.stop?.(deadline) }],
      disposal: undefined,
    };
  });
}
