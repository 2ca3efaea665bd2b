import type { RoutePlan } from '../plan';

/** Where a route is, to be read: `api.example.com/users (version 2)`; a version that stands in the path is not said again. */
export function nameLocation({ info, version }: RoutePlan): string {
  const { host = '', path } = info;
  const isSaid = version === undefined || version.by.type === 'path';
  return isSaid ? `${host}${path}` : `${host}${path} (version ${version.name})`;
}
