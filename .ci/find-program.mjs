// Finds programs without running them.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/** The path of the first program of one of the names on the PATH, or undefined. */
export function findOnPath(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name + SUFFIX))).find(isProgram);
}

export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
