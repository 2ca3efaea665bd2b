import type { RoutePlan } from '@sluice/core';
import type { Server } from '../document';

/** The server of a route that answers a host only. */
export function makeServer({ labels: written }: NonNullable<RoutePlan['host']>, basePath = ''): Server {
  const names = written.map((label) =>
    label === '*' ? 'subdomain' : /^:/.test(label) ? label.slice(1) : '',
  );
  const labels = written.map((label, index) => (names[index] === '' ? label : `{${names[index]!}}`));
  const variables = names.filter((name) => name !== '').map((name) => [name, { default: name }] as const);
  return {
    url: `//${labels.join('.')}${basePath}`,
    ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
  };
}
