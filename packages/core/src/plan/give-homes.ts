import type { AppState } from '../http/app-state';
import type { Closing } from '../http/closing';
import { giveHome } from '../http/route-home';
import { UrlTable } from '../routing/url-table';
import type { Plan } from './plan';

/** What the homes of an application's routes are made of. */
export interface Homes {
  readonly closing: Closing;
  /** What stands before every path that is made. */
  readonly basePath: string | undefined;
  /** Of each route, then of each mount, in order, and of the fallback: of a mounted application it is that one's own. */
  readonly states: readonly AppState[];
}

/** Tells every route of a plan to which application it belongs, with the paths of them all by class and method. */
export function giveHomes(
  { routes, mounts = [], fallback }: Plan,
  { closing, basePath, states }: Homes,
): void {
  const entries = routes.flatMap(({ origin, pattern, info: { version } }) =>
    origin ? [{ ...origin, pattern, version }] : [],
  );
  const urls = new UrlTable(entries, basePath);
  for (const [index, { info }] of [...routes, ...mounts, fallback].entries())
    giveHome(info, { urls, closing, state: states[index]! });
}
