import type { Container } from '../container/container';
import type { AppState } from '../http/app-state';
import { describeWorker } from '../configuration/worker-info';
import { giveHome, type RouteHome } from '../http/route-home';
import { UrlTable } from '../routing/url-table';
import type { PlannedApp } from './build-plan';

/**
 * Connects every route of a plan with its application: with the URLs of all routes, and with the state of its own.
 *
 * @param containers the container of each application, by its state
 * @param basePath the start of every URL that is made
 */
export function giveHomes(
  { plan, states }: PlannedApp,
  parts: Pick<RouteHome, 'closing' | 'logger' | 'development' | 'cleanUps' | 'background'>,
  containers: ReadonlyMap<AppState, Container>,
  basePath?: string,
): void {
  const entries = plan.routes.flatMap(({ origin, pattern, info: { version } }) =>
    origin ? [{ ...origin, pattern, version }] : [],
  );
  const urls = new UrlTable(entries, basePath);
  const { closing, logger, development, cleanUps, background } = parts;
  for (const [info, state] of states)
    giveHome(info, {
      urls,
      closing,
      state,
      logger,
      development,
      worker: describeWorker(),
      cleanUps,
      background,
      get phase() {
        return closing.phase;
      },
      get: (token) => containers.get(state)!.resolve(token),
    });
}
