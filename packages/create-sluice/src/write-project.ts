import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CreateError } from './create-error';
import { EXIT } from './exit-codes';
import type { ProjectFiles } from './make-files';

/**
 * Writes the files of a project into its folder, which is made. A file that is there is never replaced.
 *
 * @throws CreateError
 */
export function writeProject(folder: string, files: ProjectFiles): void {
  try {
    for (const [place, text] of files) {
      const file = path.join(folder, place);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
    }
  } catch (error) {
    throw new CreateError(
      `The project cannot be written: ${(error as Error).message}`,
      'Give another folder, in a place where you may write.',
      EXIT.failed,
    );
  }
}
