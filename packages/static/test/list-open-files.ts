import { existsSync, readdirSync, readlinkSync } from 'node:fs';

const OPEN_FILES = '/proc/self/fd';

/** Lists the open files of this process below a folder. Only Linux knows them. */
export function listOpenFiles(folder: string): string[] {
  if (!existsSync(OPEN_FILES)) return [];
  return readdirSync(OPEN_FILES).flatMap((name) => {
    try {
      const target = readlinkSync(`${OPEN_FILES}/${name}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
}
