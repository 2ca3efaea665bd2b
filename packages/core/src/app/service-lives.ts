import { describeWorker } from '../configuration/worker-info';
import type { Life } from '../plan/read/read-life';
import { prepareAgain } from '../plan/work/plan-work';
import type { Service, ServiceApp } from '../plan/work/service';
import type { AppParts } from './app-parts';
import { isDevelopment } from './is-development';

/** The services that run, in any application of the process. */
const RUNNING = new WeakSet<Service>();

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
      starts: [{ place, run: () => startService(service, app, source) }],
      stops: [{ place, run: (deadline) => stopService(service, deadline) }],
      disposal: undefined,
    };
  });
}

/** A service of two applications would stop, and run the methods, of only one of them. */
async function startService(service: Service, app: ServiceApp, source: AppParts['source']): Promise<void> {
  if (RUNNING.has(service))
    throw new Error('It belongs to another application, which runs. Make a service for each of them.');
  RUNNING.add(service);
  try {
    prepareAgain(service, source);
    await service.start?.(app);
  } catch (error) {
    RUNNING.delete(service);
    throw error;
  }
}

function stopService(service: Service, deadline: number): unknown {
  RUNNING.delete(service);
  return service.stop?.(deadline);
}
