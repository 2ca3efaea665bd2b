import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CreateOptions } from './create-options';
import { isClassicYarn, listCommands } from './managers';
import { makeManifest } from './manifest';

const TEMPLATES = path.join(__dirname, '../templates');

/** The files of a project: their contents, by their paths in it. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** Makes the files of a project from the templates of this package. Writes nothing. */
export function makeFiles(name: string, version: string, options: CreateOptions): ProjectFiles {
  const { template, manager } = options;
  const values: Readonly<Record<string, string>> = {
    name,
    js: template === 'esm' ? '.js' : '',
    testImports: template === 'esm' ? "import { describe, expect, it } from 'vitest';\n" : '',
    types: template === 'esm' ? '"node"' : '"node", "jest"',
    build: `${listCommands(manager).run} build`,
    ...listCommands(manager),
  };
  const files = new Map<string, string>();
  for (const folder of ['both', template])
    for (const [place, text] of readFolder(path.join(TEMPLATES, folder)))
      files.set(place, fill(text, values));
  const manifest = makeManifest(name, template, manager, version);
  files.set('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
  // The image copies node_modules, which Yarn does not make by default.
  if (manager.name === 'yarn' && !isClassicYarn(manager))
    files.set('.yarnrc.yml', 'nodeLinker: node-modules\n');
  return files;
}

/** npm leaves out of a package what is called .gitignore. */
function readFolder(folder: string): [place: string, text: string][] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const place = path.relative(folder, file).split(path.sep).join('/');
      return [place.replace(/(^|\/)_/, '$1.'), readFileSync(file, 'utf8')];
    });
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`The templates use {{${key}}}, which has no value.`);
    return value;
  });
}
