import type { RouteVersion } from '../../routing/versioning';
import type { RoutePlan } from '../plan';

/**
 * What a request must say beside method and path for a route to answer it, as text: routes of one method and path with
 * the same answer the same requests. Empty where it need not say anything.
 */
export function nameCondition({ host, version }: Pick<RoutePlan, 'host' | 'version'>): string {
  return `${host?.shape ?? ''}${version === undefined ? '' : nameVersion(version)}`;
}

function nameVersion({ name, by }: RouteVersion): string {
  if (by.type === 'path') return '';
  return by.type === 'header'
    ? ` ${by.header.toLowerCase()}: ${name}`
    : ` accept: ${by.parameter ?? 'v'}=${name}`;
}
