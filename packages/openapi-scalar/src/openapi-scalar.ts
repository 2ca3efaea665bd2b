import path from 'node:path';
import type { PlainRoute } from '@sluice/core';
import {
  findUpstreamFiles,
  makePageRoutes,
  makePolicy,
  SCRIPT_TYPE,
  SentText,
  STYLE_TYPE,
} from '@sluice/openapi/page';
import { PREPARE_SCRIPT, writeInitScript } from './init-script';
import { checkOpenapiScalarOptions, type OpenapiScalarOptions } from './openapi-scalar-options';
import { PAGE_STYLE } from './page-style';

const UPSTREAM_FOLDER = path.join(__dirname, '../ui');

/**
 * Makes the routes of a page on which a person reads the document of `openapi` and tries its operations, with Scalar: the
 * page, and its files below it. Nothing is loaded from other servers.
 *
 * @throws ConfigurationError when an option is unknown or invalid; at start-up if the application does not have the document
 * @example createApp({ controllers, routes: [...openapi({ info: { title: 'Notes', version: '1.0.0' } }), ...openapiScalar()] })
 */
export function openapiScalar(options: OpenapiScalarOptions = {}): PlainRoute[] {
  checkOpenapiScalarOptions(options);
  const { path: pagePath = '/reference', document: documentPath = '/openapi', settings = {} } = options;
  const { 'standalone.js': program } = findUpstreamFiles(UPSTREAM_FOLDER, { 'standalone.js': SCRIPT_TYPE });
  return makePageRoutes({
    factory: 'openapiScalar',
    options,
    path: pagePath,
    documentPath,
    parts: { styles: ['page.css'], element: 'scalar', scripts: ['prepare.js', program.name, 'init.js'] },
    upstream: [program],
    files: {
      'prepare.js': new SentText(PREPARE_SCRIPT, SCRIPT_TYPE),
      'init.js': new SentText(writeInitScript(settings, pagePath, documentPath), SCRIPT_TYPE),
      'page.css': new SentText(PAGE_STYLE, STYLE_TYPE),
    },
    // Scalar writes its styles into the page.
    makePolicy: (document) => makePolicy(document, { inlineStyles: true }),
  });
}
