import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectFiles } from './make-files';

/** Writes the files of a project into its folder, which is made. A file that is there is never replaced. */
export function writeProject(folder: string, files: ProjectFiles): void {
  for (const [place, text] of files) {
    const file = path.join(folder, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }
}
