import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Reads files in folders of a project, by their paths in it. A name that is not a folder, and everything that cannot be
 * read, as a link that leads nowhere, is left out.
 */
export function readFiles(
  project: string,
  folders: readonly string[],
  isWanted: (name: string) => boolean,
  recursive = false,
): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of folders)
    for (const name of listNames(path.join(project, folder), recursive).filter(isWanted)) {
      const text = readText(path.join(project, folder, name));
      if (text !== undefined) files.set(path.join(folder, name), text);
    }
  return files;
}

function listNames(folder: string, recursive: boolean): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' });
  } catch {
    return [];
  }
}

/** Reads a file; undefined if it is not there, is something else, or cannot be read. */
export function readText(file: string): string | undefined {
  try {
    // A pipe would never end.
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
