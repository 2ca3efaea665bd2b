import path from 'node:path';
import type { SwaggerUiOptions } from './swagger-ui-options';

const DEFAULTS = { deepLinking: true, displayRequestDuration: true, docExpansion: 'list' };

/** Writes the script that starts Swagger UI on the page. It is a file of its own, because the policy allows none in the page. */
export function writeInitScript(options: SwaggerUiOptions, pagePath: string, documentPath: string): string {
  const settings = {
    ...DEFAULTS,
    ...options.settings,
    dom_id: '#swagger-ui',
    // Without this, the badge of a validator asks validator.swagger.io.
    validatorUrl: null,
  };
  const document = path.posix.relative(pagePath, `${documentPath}.json`);
  const { oauth } = options;
  const login = oauth && {
    clientId: oauth.clientId,
    scopes: oauth.scopes ?? [],
    additionalQueryStringParams: oauth.parameters ?? {},
    usePkceWithAuthorizationCodeGrant: true,
  };
  return `'use strict';
(() => {
  const own = document.currentScript.src;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  paint();
  dark.addEventListener('change', paint);
  // Swagger UI takes 200 for undocumented where a document has 2XX.
  const ranges = ({ React, specSelectors }) => ({
    wrapComponents: {
      liveResponse: (LiveResponse) => (props) => {
        const { path, method, response } = props;
        const range = String(response.get('status')).slice(0, 1) + 'XX';
        const isDocumented = specSelectors.specJson().hasIn(['paths', path, method, 'responses', range]);
        const known = isDocumented ? response.set('notDocumented', false) : response;
        return React.createElement(LiveResponse, { ...props, response: known });
      },
    },
  });
  const ui = SwaggerUIBundle({
    ...${write(settings)},
    plugins: [ranges],
    url: new URL(${write(document)}, own).href,
    oauth2RedirectUrl: new URL('oauth2-redirect.html', own).href,
  });
${login ? `  ui.initOAuth(${write(login)});\n` : ''}})();
`;
}

function write(value: unknown): string {
  return JSON.stringify(value);
}
