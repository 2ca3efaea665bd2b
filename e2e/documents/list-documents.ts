import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The root of the repository. */
export const ROOT = path.join(__dirname, '..', '..');

/** The Markdown files that users and contributors read, with paths from the root. */
export function listDocuments(): string[] {
  const readmes = ['packages', 'samples'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}/README.md`),
  );
  const documents = [
    ...readdirSync(ROOT),
    ...readdirSync(path.join(ROOT, 'docs')).map((name) => `docs/${name}`),
    ...readmes,
    'benchmarks/README.md',
  ];
  return documents.filter((document) => document.endsWith('.md') && existsSync(path.join(ROOT, document)));
}
