import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CreateError } from './create-error';

/** Files that a folder may have, because they do not belong to a project yet. */
const HARMLESS = ['.git', '.DS_Store', '.idea', '.vscode'];
const SHOWN = 3;
const USUAL_NAME = 'my-app';
/** Names that npm refuses. */
const REFUSED = ['node_modules', 'favicon.ico'];
const LONGEST_NAME = 214;

/** Checks that a project can be made in a folder: nothing of it would be overwritten. Throws CreateError. */
export function checkFolder(folder: string, shown: string): void {
  if (shown.startsWith('-'))
    throw new CreateError(
      `${shown} begins with a dash, so it cannot be the folder.`,
      'Write options before --: create-sluice my-app --no-install',
    );
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new CreateError(`${shown} is a file.`, 'Give the name of a new folder.');
  const found = readdirSync(folder).filter((name) => !HARMLESS.includes(name));
  if (found.length === 0) return;
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : '';
  throw new CreateError(
    `The folder ${shown} is not empty: ${found.slice(0, SHOWN).join(', ')}${more}.`,
    'Give the name of a new folder. Nothing has been written.',
  );
}

/** Makes the name of a package from that of a folder. */
export function namePackage(folder: string): string {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[._]+/, '')
    .split('-')
    .filter((part) => part !== '')
    .join('-')
    .slice(0, LONGEST_NAME);
  return name === '' || REFUSED.includes(name) ? USUAL_NAME : name;
}
