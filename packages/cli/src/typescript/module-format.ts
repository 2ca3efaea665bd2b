import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type ModuleFormat = 'module' | 'commonjs';

/** Finds out how Node runs a file: by its extension, and then by the nearest package.json. */
export function findFormat(file: string): ModuleFormat {
  if (/\.m[jt]s$/.test(file)) return 'module';
  if (/\.c[jt]s$/.test(file)) return 'commonjs';
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) return readType(manifest);
    if (path.dirname(folder) === folder) return 'commonjs';
  }
}

function readType(manifest: string): ModuleFormat {
  const { type } = JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string };
  return type === 'module' ? 'module' : 'commonjs';
}
