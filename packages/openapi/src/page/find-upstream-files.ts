import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UpstreamFile } from './upstream-file';

interface Pinned {
  readonly version: string;
  /** SHA-256 of each file before it was compressed. */
  readonly files: Readonly<Record<string, string>>;
}

/** Finds the files of a program that a package brings in a folder, which `.ci/vendor-files.mjs` wrote. */
export function findUpstreamFiles<N extends string>(
  folder: string,
  types: Readonly<Record<N, string>>,
): Readonly<Record<N, UpstreamFile>> {
  const { files } = JSON.parse(readFileSync(path.join(folder, 'pinned.json'), 'utf8')) as Pinned;
  const names = Object.keys(types) as N[];
  const found = names.map((name) => [name, new UpstreamFile(folder, name, types[name], files[name]!)]);
  return Object.fromEntries(found) as Record<N, UpstreamFile>;
}
