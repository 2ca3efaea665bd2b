import { notFound, type Context, type PlainRoute, type Reply, type RouteInfo } from '@sluice/core';
import type { OpenApiDocument } from '../document';
import { OPERATION } from '../operation';
import { DocumentReader } from './document-reader';
import type { PageOptions } from './page-options';
import { HTML_TYPE, SentText } from './sent-text';
import type { UpstreamFile } from './upstream-file';
import { writePage, type PageParts } from './write-page';

interface SentFile {
  answer(context: Context): Reply | Promise<Reply>;
}

/** A page that shows a document of `openapi` with a program that runs in the browser. */
export interface DocumentPage {
  /** The function that makes it: `swaggerUi`. */
  readonly factory: string;
  readonly options: PageOptions;
  readonly path: string;
  readonly documentPath: string;
  readonly parts: Pick<PageParts, 'icon' | 'styles' | 'element' | 'scripts'>;
  /** The files of the program. */
  readonly upstream: readonly UpstreamFile[];
  /** The other files below the page, by their names. */
  readonly files: Readonly<Record<string, SentText>>;
  /** The value of the page's Content-Security-Policy. */
  makePolicy(document: OpenApiDocument): string;
}

/** Makes the routes of a page: the page itself, and its files below it. */
export function makePageRoutes(page: DocumentPage): PlainRoute[] {
  const { factory, options, path, documentPath } = page;
  const files = new Map<string, SentFile>([
    ...page.upstream.map((file) => [file.name, file] as const),
    ...Object.entries(page.files),
  ]);
  const reader = new DocumentReader(factory, path, documentPath);
  const pages = new WeakMap<RouteInfo, SentText>();
  const findPage = (route: RouteInfo): SentText => {
    const known = pages.get(route);
    if (known !== undefined) return known;
    const made = makePage(page, reader.find(route));
    pages.set(route, made);
    return made;
  };
  const shared = {
    method: 'GET',
    middleware: options.middleware ?? [],
    skipMiddleware: options.skipMiddleware ?? [],
    marks: [OPERATION.of({ hidden: true })],
  } as const;
  return [
    {
      ...shared,
      path,
      name: `${factory}.page`,
      readPlan: (plan, route) => reader.read(plan, route),
      handler: (context) => findPage(context.route).answer(context),
    },
    {
      ...shared,
      path: `${path}/:file`,
      name: `${factory}.file`,
      handler: (context) => files.get(context.request.param('file')!)?.answer(context) ?? notFound(),
    },
  ];
}

function makePage(page: DocumentPage, document: OpenApiDocument): SentText {
  const { path, documentPath, parts, options } = page;
  const title = options.title ?? document.info.title;
  return new SentText(writePage({ ...parts, path, documentPath, title }), HTML_TYPE, {
    'Content-Security-Policy': page.makePolicy(document),
    // The window of an OAuth 2 server has to find this page again.
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  });
}
