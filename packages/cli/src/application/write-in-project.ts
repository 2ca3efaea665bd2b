import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';

/** Writes a file of a project; with the flag `wx`, it replaces none. Throws CliError. */
export function writeInProject(folder: string, place: string, text: string, flag: 'w' | 'wx'): void {
  const file = path.join(folder, place);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag });
  } catch (error) {
    throw new CliError(
      `${place} cannot be written: ${(error as Error).message}`,
      'Make sure that you may write there.',
      EXIT.failed,
    );
  }
}
