import path from 'node:path';

/** The parts of the HTML of a page. Names are those of files below the page. */
export interface PageParts {
  /** The path of the page. */
  readonly path: string;
  readonly documentPath: string;
  readonly title: string;
  readonly icon?: string;
  readonly styles: readonly string[];
  /** The id of the element in which the program draws. */
  readonly element: string;
  /** In the order in which they run. */
  readonly scripts: readonly string[];
}

/** Writes the page. Its addresses are relative, so that they hold behind every prefix that a proxy adds or removes. */
export function writePage(parts: PageParts): string {
  const { path: own, documentPath, title, icon, styles, element, scripts } = parts;
  const folder = path.posix.basename(own);
  const document = path.posix.relative(path.posix.dirname(own), `${documentPath}.json`);
  const head = [
    // Without a link, browsers ask for /favicon.ico.
    `<link rel="icon" href="${icon === undefined ? 'data:,' : `${folder}/${icon}`}">`,
    ...styles.map((name) => `<link rel="stylesheet" href="${folder}/${name}">`),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${head.join('\n')}
</head>
<body>
<div id="${element}"></div>
<noscript>This page needs JavaScript. The document that it shows is <a href="${document}">${document}</a>.</noscript>
${scripts.map((name) => `<script src="${folder}/${name}"></script>`).join('\n')}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
