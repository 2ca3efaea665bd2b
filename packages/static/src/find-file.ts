import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isPlainName } from './canonical-path';

/** The end of a path on the disk. A file has the real path: without links. */
export type Found = FoundFile | { readonly kind: 'folder' };

/** A file, and the facts by which a change of it is seen. */
export interface FoundFile {
  readonly kind: 'file';
  readonly real: string;
  readonly size: number;
  readonly modifiedNs: bigint;
}

/** The error codes of names that lead to nothing that may be read. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EPERM', 'EINVAL']);

/**
 * Looks up a path. A link is followed if it leads to another visible file of the root; undefined if it leads out of it,
 * and for whatever is neither a file nor a folder.
 *
 * @param root a real path
 * @param segments plain names
 */
export async function findFile(root: string, segments: readonly string[]): Promise<Found | undefined> {
  // On Windows, a colon follows a drive or begins the name of an alternate stream.
  if (segments.some((name) => name.includes(':'))) return undefined;
  const wanted = path.join(root, ...segments);
  try {
    const real = await realpath(wanted);
    if (!isInside(root, real) || isOtherSpelling(wanted, real)) return undefined;
    const stats = await stat(real, { bigint: true });
    if (stats.isDirectory()) return { kind: 'folder' };
    if (!stats.isFile()) return undefined;
    return { kind: 'file', real, size: Number(stats.size), modifiedNs: stats.mtimeNs };
  } catch (error) {
    if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function isInside(root: string, real: string): boolean {
  if (real === root) return true;
  const prefix = root.endsWith(path.sep) ? root : root + path.sep;
  return real.startsWith(prefix) && real.slice(prefix.length).split(path.sep).every(isPlainName);
}

/** A file system that ignores case, or the form of accents, opens a file under names that no guard knows. */
export function isOtherSpelling(wanted: string, real: string): boolean {
  return wanted !== real && fold(wanted) === fold(real);
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
