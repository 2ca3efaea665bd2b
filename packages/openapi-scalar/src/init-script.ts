import path from 'node:path';
import type { ScalarSettings } from './openapi-scalar-options';

/** Everything in Scalar that asks another server, or leads to one, is off. */
const CLOSED = {
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  hideClientButton: true,
};

/** Runs before Scalar: zod, which is in it, tries whether the page allows eval, which is a violation of the policy. */
export const PREPARE_SCRIPT = "'use strict';\nglobalThis.__zod_globalConfig = { jitless: true };\n";

/** Writes the script that starts Scalar on the page. It is a file of its own, because the policy allows none in the page. */
export function writeInitScript(settings: ScalarSettings, pagePath: string, documentPath: string): string {
  const document = path.posix.relative(pagePath, `${documentPath}.json`);
  return `'use strict';
Scalar.createApiReference('#scalar', {
  ...${JSON.stringify({ ...settings, ...CLOSED })},
  url: new URL(${JSON.stringify(document)}, document.currentScript.src).href,
});
`;
}
