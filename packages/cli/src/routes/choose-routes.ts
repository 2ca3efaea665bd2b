import type { Plan, RoutePlan } from '@sluice/core';

/** The routes that a user asks for; without any condition all of them. */
export interface RouteChoice {
  /** A pattern of the plan, the beginning of one, or a path that a request could have. */
  readonly path?: string | undefined;
  /** The name of a mark. */
  readonly mark?: string | undefined;
}

/** The routes that meet every condition, in the order of the plan. Pure. */
export function chooseRoutes({ routes }: Plan, { path, mark }: RouteChoice): readonly RoutePlan[] {
  return routes.filter(
    (route) => (path === undefined || isAt(route, path)) && (mark === undefined || hasMark(route, mark)),
  );
}

function hasMark({ info }: RoutePlan, name: string): boolean {
  return info.marks.list().some((mark) => mark.name === name);
}

/** Whether a route has the pattern, is below it, or matches the path. */
function isAt({ pattern }: RoutePlan, path: string): boolean {
  const wanted = splitPath(path);
  return isBelow(pattern.segments, wanted) || isMatch(pattern.segments, wanted);
}

function isBelow(segments: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((segment, index) => segments[index] === segment);
}

function isMatch(segments: readonly string[], wanted: readonly string[]): boolean {
  const isOpen = segments.at(-1) === '*';
  if (isOpen ? wanted.length < segments.length : wanted.length !== segments.length) return false;
  return segments.every(
    (segment, index) => segment === '*' || segment.startsWith(':') || segment === wanted[index],
  );
}

/** `/` has no segments, so that every route is below it. */
function splitPath(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
