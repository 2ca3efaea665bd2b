import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Context, Reply } from '@sluice/core';
import { writeInitScript } from './init-script';
import { PAGE_STYLE } from './page-style';
import { writeRedirectPage, type FileNames } from './pages';
import { REDIRECT_POLICY } from './policy';
import { HTML_TYPE, SentText } from './sent-text';
import type { SwaggerUiOptions } from './swagger-ui-options';
import { UPSTREAM_FOLDER, UpstreamFile } from './upstream-file';

export interface Files {
  readonly names: FileNames;
  /** By their names below the page. */
  readonly byName: ReadonlyMap<string, SentFile>;
}

interface SentFile {
  answer(context: Context): Reply | Promise<Reply>;
}

const SCRIPT_TYPE = 'text/javascript; charset=utf-8';
const STYLE_TYPE = 'text/css; charset=utf-8';

/** Makes the files below the page. */
export function makeFiles(options: SwaggerUiOptions, pagePath: string, documentPath: string): Files {
  const { files: hashes } = readPinned();
  const script = new UpstreamFile('swagger-ui-bundle.js', SCRIPT_TYPE, hashes['swagger-ui-bundle.js']!);
  const style = new UpstreamFile('swagger-ui.css', STYLE_TYPE, hashes['swagger-ui.css']!);
  const redirect = new UpstreamFile('oauth2-redirect.js', SCRIPT_TYPE, hashes['oauth2-redirect.js']!);
  const icon = new UpstreamFile('favicon-32x32.png', 'image/png', hashes['favicon-32x32.png']!);
  const names = { script: script.name, style: style.name, redirect: redirect.name, icon: icon.name };
  const init = new SentText(writeInitScript(options, pagePath, documentPath), SCRIPT_TYPE);
  const redirectPage = new SentText(writeRedirectPage(names), HTML_TYPE, {
    'Content-Security-Policy': REDIRECT_POLICY,
    // It has to find the window that opened it.
    'Cross-Origin-Opener-Policy': 'unsafe-none',
  });
  return {
    names,
    byName: new Map<string, SentFile>([
      ...[script, style, redirect, icon].map((file) => [file.name, file] as const),
      ['init.js', init],
      ['page.css', new SentText(PAGE_STYLE, STYLE_TYPE)],
      ['oauth2-redirect.html', redirectPage],
    ]),
  };
}

interface Pinned {
  readonly version: string;
  /** SHA-256 of each file before it was compressed. */
  readonly files: Readonly<Record<string, string>>;
}

function readPinned(): Pinned {
  return JSON.parse(readFileSync(path.join(UPSTREAM_FOLDER, 'pinned.json'), 'utf8')) as Pinned;
}
