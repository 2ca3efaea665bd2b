import type { AppState } from './app-state';
import type { RouteInfo } from './route-info';

/** An application, as a request sees it. */
export interface RunningApp {
  /** What is shared with all requests. */
  readonly state: AppState;
}

/** Beside the route, not in it: a plan is plain data. */
const APPS = new WeakMap<RouteInfo, RunningApp>();

/** Notes whose route it is. */
export function assignApp(route: RouteInfo, app: RunningApp): void {
  APPS.set(route, app);
}

/** The application whose route it is. */
export function findApp(route: RouteInfo): RunningApp | undefined {
  return APPS.get(route);
}
