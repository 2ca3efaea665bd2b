import type { Middleware } from '@sluice/core';
import { readSettings, type StaticOptions } from './static-options';
import { StaticServer } from './static-server';

/**
 * Serves the files of a folder to GET and HEAD, on the paths that no route has: with conditional requests, ranges,
 * compressed variants, small files in memory, and a page for the paths of a single-page application. A path without a file
 * continues, so that it is answered with 404 as usual. A path that is not canonical is refused.
 *
 * @throws ConfigurationError when an option is unknown or invalid, and when the root is not a folder
 * @example staticFiles({ root: 'public', immutable: /^assets\// })
 */
export function staticFiles(options: StaticOptions): Middleware {
  const settings = readSettings(options);
  const server = new StaticServer(settings);
  const { prefix, immutable } = settings;
  return {
    name: 'static',
    layer: 'serve',
    options: Object.freeze({
      ...settings,
      immutable: immutable === undefined ? undefined : String(immutable),
    }),
    prepare({ kind, path, method }) {
      if (kind === 'fallback') return this;
      const isRead = method === 'GET' || method === 'HEAD' || method === 'ALL';
      return isRead && path === `${prefix}/*` ? this : null;
    },
    handle: (context, next) => server.handle(context, next),
  };
}
