import type { Closing } from '../http/closing';
import { giveHome } from '../http/route-home';
import { UrlTable } from '../http/url-table';
import type { Plan } from './plan';

/** Tells every route of a plan to which application it belongs, with the paths of them all by class and method. */
export function giveHomes({ routes, fallback }: Plan, closing: Closing): void {
  const entries = routes.flatMap(({ origin, pattern }) => (origin ? [{ ...origin, pattern }] : []));
  const home = { urls: new UrlTable(entries), closing };
  for (const { info } of [...routes, fallback]) giveHome(info, home);
}
