import type { RoutePlan } from './plan';

/** Names the host, path and version of a route: `api.example.com/users (version 2)`. A version in the path is not repeated. */
export function nameLocation({ info, version }: RoutePlan): string {
  const { host = '', path } = info;
  const isInPath = version === undefined || version.by.type === 'path';
  return isInPath ? `${host}${path}` : `${host}${path} (version ${version.name})`;
}
