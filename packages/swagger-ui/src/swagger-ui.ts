import { notFound, type PlainRoute, type RouteInfo } from '@sluice/core';
import { OPERATION } from '@sluice/openapi';
import { DocumentReader } from './document-reader';
import { makeFiles, type Files } from './files';
import { writePage } from './pages';
import { findSources, makePolicy } from './policy';
import { HTML_TYPE, SentText } from './sent-text';
import { checkSwaggerUiOptions, type SwaggerUiOptions } from './swagger-ui-options';

/**
 * Makes the routes of a page on which a person reads the document of `openapi` and tries its operations: the page, and
 * its files below it. Nothing is loaded from other servers.
 *
 * @throws ConfigurationError when an option is unknown or invalid; at start-up if the application does not have the document
 * @example createApp({ controllers, routes: [...openapi({ info: { title: 'Notes', version: '1.0.0' } }), ...swaggerUi()] })
 */
export function swaggerUi(options: SwaggerUiOptions = {}): PlainRoute[] {
  checkSwaggerUiOptions(options);
  const {
    path = '/docs',
    document: documentPath = '/openapi',
    middleware = [],
    skipMiddleware = [],
  } = options;
  const files = makeFiles(options, path, documentPath);
  const reader = new DocumentReader(path, documentPath);
  const pages = new WeakMap<RouteInfo, SentText>();
  const findPage = (route: RouteInfo): SentText => {
    const known = pages.get(route);
    if (known !== undefined) return known;
    const page = makePage(reader, route, files, { path, documentPath, title: options.title });
    pages.set(route, page);
    return page;
  };
  const shared = {
    method: 'GET',
    middleware,
    skipMiddleware,
    marks: [OPERATION.of({ hidden: true })],
  } as const;
  return [
    {
      ...shared,
      path,
      name: 'swaggerUi.page',
      readPlan: (plan, route) => reader.read(plan, route),
      handler: (context) => findPage(context.route).answer(context),
    },
    {
      ...shared,
      path: `${path}/:file`,
      name: 'swaggerUi.file',
      handler: (context) => files.byName.get(context.request.param('file')!)?.answer(context) ?? notFound(),
    },
  ];
}

interface PagePlace {
  readonly path: string;
  readonly documentPath: string;
  readonly title: string | undefined;
}

function makePage(reader: DocumentReader, route: RouteInfo, { names }: Files, place: PagePlace): SentText {
  const document = reader.make(route);
  const text = writePage({ ...place, title: place.title ?? document.info.title, names });
  return new SentText(text, HTML_TYPE, {
    'Content-Security-Policy': makePolicy(findSources(document)),
    // The window of an OAuth 2 server has to find this page again.
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  });
}
