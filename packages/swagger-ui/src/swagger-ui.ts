import path from 'node:path';
import type { PlainRoute } from '@sluice/core';
import {
  findUpstreamFiles,
  HTML_TYPE,
  makePageRoutes,
  makePolicy,
  SCRIPT_TYPE,
  SentText,
  STYLE_TYPE,
} from '@sluice/openapi/page';
import { writeInitScript } from './init-script';
import { PAGE_STYLE } from './page-style';
import { REDIRECT_POLICY, writeRedirectPage } from './redirect-page';
import { checkSwaggerUiOptions, type SwaggerUiOptions } from './swagger-ui-options';

const UPSTREAM_FOLDER = path.join(__dirname, '../ui');

const UPSTREAM_TYPES = {
  'swagger-ui-bundle.js': SCRIPT_TYPE,
  'swagger-ui.css': STYLE_TYPE,
  'oauth2-redirect.js': SCRIPT_TYPE,
  'favicon-32x32.png': 'image/png',
};

/**
 * Makes the routes of a page on which a person reads the document of `openapi` and tries its operations: the page, and
 * its files below it. Nothing is loaded from other servers.
 *
 * @throws ConfigurationError when an option is unknown, missing (`oauth.clientId`) or invalid; at start-up if the application does not have the document
 * @example createApp({ controllers, routes: [...openapi({ info: { title: 'Notes', version: '1.0.0' } }), ...swaggerUi()] })
 */
export function swaggerUi(options: SwaggerUiOptions = {}): PlainRoute[] {
  checkSwaggerUiOptions(options);
  const { path: pagePath = '/docs', document: documentPath = '/openapi' } = options;
  const upstream = findUpstreamFiles(UPSTREAM_FOLDER, UPSTREAM_TYPES);
  return makePageRoutes({
    factory: 'swaggerUi',
    options,
    path: pagePath,
    documentPath,
    parts: {
      icon: upstream['favicon-32x32.png'].name,
      styles: [upstream['swagger-ui.css'].name, 'page.css'],
      element: 'swagger-ui',
      scripts: [upstream['swagger-ui-bundle.js'].name, 'init.js'],
    },
    upstream: Object.values(upstream),
    files: {
      'init.js': new SentText(writeInitScript(options, pagePath, documentPath), SCRIPT_TYPE),
      'page.css': new SentText(PAGE_STYLE, STYLE_TYPE),
      'oauth2-redirect.html': makeRedirectPage(upstream['oauth2-redirect.js'].name),
    },
    makePolicy,
  });
}

function makeRedirectPage(script: string): SentText {
  return new SentText(writeRedirectPage(script), HTML_TYPE, {
    'Content-Security-Policy': REDIRECT_POLICY,
    // It has to find the window that opened it.
    'Cross-Origin-Opener-Policy': 'unsafe-none',
  });
}
