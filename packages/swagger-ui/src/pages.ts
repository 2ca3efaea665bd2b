import path from 'node:path';

/** The names under which the page finds the files of Swagger UI. */
export interface FileNames {
  readonly script: string;
  readonly style: string;
  readonly redirect: string;
  readonly icon: string;
}

interface PageParts {
  readonly title: string;
  readonly path: string;
  readonly documentPath: string;
  readonly names: FileNames;
}

/** Writes the page. Its addresses are relative, so that they hold behind every prefix that a proxy adds or removes. */
export function writePage({ title, path: own, documentPath, names }: PageParts): string {
  const folder = path.posix.basename(own);
  const document = path.posix.relative(path.posix.dirname(own), `${documentPath}.json`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/png" href="${folder}/${names.icon}">
<link rel="stylesheet" href="${folder}/${names.style}">
<link rel="stylesheet" href="${folder}/page.css">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>This page needs JavaScript. The document that it shows is <a href="${document}">${document}</a>.</noscript>
<script src="${folder}/${names.script}"></script>
<script src="${folder}/init.js"></script>
</body>
</html>
`;
}

/** Writes the page to which an OAuth 2 server returns. Its script hands the answer to the page that opened it. */
export function writeRedirectPage({ redirect }: FileNames): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Logging in</title></head>
<body><script src="${redirect}"></script></body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
