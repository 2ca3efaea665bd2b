import type { RoutePlan } from '@sluice/core';
import type { Server } from '../document';

/** The server of a route that answers some hosts only; undefined for one that answers all. */
export function makeServer({ host, info }: Pick<RoutePlan, 'host' | 'info'>): Server | undefined {
  if (host === undefined) return undefined;
  const names = host.labels.map((label) =>
    label === '*' ? 'subdomain' : /^:/.test(label) ? label.slice(1) : '',
  );
  const labels = host.labels.map((label, index) => (names[index] === '' ? label : `{${names[index]!}}`));
  const variables = names.filter((name) => name !== '').map((name) => [name, { default: name }] as const);
  return {
    url: `//${labels.join('.')}${info.basePath ?? ''}`,
    ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
  };
}
